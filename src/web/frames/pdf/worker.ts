// Parses the PDF, away from the frame's own thread. It has the frame's origin, which is none, and its policy, which lets nothing be fetched.
import "pdfjs-dist/legacy/build/pdf.worker.mjs";
