import { startFilesToAgree } from "../open/files-to-agree.ts";

const root = document.getElementById("files-to-agree");
if (root) startFilesToAgree(root);
