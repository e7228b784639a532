import { startAttaching } from "../fax-report/attach.ts";
import { startReading } from "../fax-report/read.ts";

const attaching = document.getElementById("attach-report");
if (attaching) startAttaching(attaching);
const reading = document.getElementById("read-report");
if (reading) startReading(reading);
