import { startHandoverPage } from "../handover/handover-page.ts";

const form = document.getElementById("handover");
if (form instanceof HTMLFormElement) startHandoverPage(form);
