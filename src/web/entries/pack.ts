import { startPackPage } from "../pack/pack-page.ts";

const root = document.getElementById("pack");
if (root) startPackPage(root);
