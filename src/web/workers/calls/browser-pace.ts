import type { Pace } from "../../../client/sending/upload.ts";

/** A browser never gives up by itself: the person sees that it waits, and can stop. Coming online ends a wait early. */
export const browserPace: Pace = {
  now: () => performance.now(),
  tries: Number.POSITIVE_INFINITY,
  wait: (milliseconds, signal) =>
    new Promise((resolve) => {
      const over = new AbortController();
      const end = () => {
        over.abort();
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      if (signal.aborted) end();
      signal.addEventListener("abort", end, { signal: over.signal });
      addEventListener("online", end, { signal: over.signal });
    }),
};
