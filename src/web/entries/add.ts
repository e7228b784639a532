import { startAddPage } from "../add/add-page.ts";

const root = document.getElementById("add");
if (root) startAddPage(root);
