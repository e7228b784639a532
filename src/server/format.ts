// Pages and mail give times as the command line does.
export { formatDate, formatDateTime } from "../domain/date-text.ts";
