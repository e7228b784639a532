// The worker that packs, on a medium that is pulled out in the middle: nothing can be taken away from it any more.
FileSystemDirectoryHandle.prototype.removeEntry = () =>
  Promise.reject(new DOMException("It is gone.", "NotFoundError"));

import "../../src/web/workers/package.ts";
