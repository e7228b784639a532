import { startOpenPage } from "../open/open-page.ts";

const root = document.getElementById("open");
if (root) await startOpenPage(root);
