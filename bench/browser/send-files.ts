import type { Page } from "playwright-core";
import type { TestServer } from "../../src/testing/server.ts";

/** When a person chose, and when the server had answered that it has everything but the signature; milliseconds. */
export interface SendTimes {
  readonly chosen: number;
  readonly acknowledged: number;
}

/** Opens the page for adding files to a draft. The sender has said before that their keys are theirs, which a new browser asks once. */
export async function openAddPage(page: Page, server: TestServer, reference: string): Promise<void> {
  await page.goto(`${server.url}/account/keys`);
  await page.waitForSelector("#own-keys:not([hidden])");
  const mine = page.locator("#own-keys-mine");
  if (await mine.isVisible()) {
    await mine.click();
    await mine.waitFor({ state: "hidden" });
  }
  await page.goto(`${server.url}/transfers/${reference}/add`);
  await page.waitForSelector("[data-act=start]");
}

/** Chooses files on the open page for adding them, and starts at once. Ends on the next page: to check, or what is left to do. */
export async function sendFiles(page: Page, server: TestServer, paths: readonly string[]): Promise<SendTimes> {
  await page.evaluate(() => {
    const input = document.querySelector("input[data-choose=files]");
    // The page listened first, so it has taken the files when this runs; it waits until it has looked into them.
    input?.addEventListener("change", () => {
      document.body.dataset.chosen = String(Date.now());
      document.querySelector<HTMLButtonElement>("[data-act=start]")?.click();
    });
  });
  const acknowledged = answered(server, "PUT", /\/content$/);
  const refused = problemOn(page);
  await page.setInputFiles("input[data-choose=files]", [...paths]);
  const chosen = Number(await page.getAttribute("body", "data-chosen"));
  const at = await Promise.race([acknowledged, refused]);
  await page.waitForURL(/\/(check|tasks)$/);
  return { chosen, acknowledged: at };
}

/** The moment at which the server has answered a request well. */
function answered(server: TestServer, method: string, path: RegExp): Promise<number> {
  const requests = server.app.server;
  return new Promise((resolve, reject) => {
    const hear = (request: { method?: string; url?: string }, response: import("node:http").ServerResponse) => {
      if (request.method !== method || !path.test(request.url ?? "")) return;
      response.once("finish", () => {
        requests.off("request", hear);
        if (response.statusCode < 300) resolve(Date.now());
        else reject(new Error(`${method} ${request.url} was answered with ${response.statusCode}.`));
      });
    };
    requests.on("request", hear);
  });
}

/** Ends only when the page says that something went wrong. */
function problemOn(page: Page): Promise<never> {
  const box = page.locator("[data-problem]:not([hidden])");
  const said = box.waitFor({ timeout: 0 }).then(async (): Promise<never> => {
    throw new Error(`The page says: ${await box.textContent()}`);
  });
  said.catch(() => undefined); // also when the page is closed
  return said;
}
