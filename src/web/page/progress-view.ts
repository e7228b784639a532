import type { Progress } from "../../client/progress.ts";
import { sizeText, timeText } from "./amounts.ts";
import { find } from "./elements.ts";
import type { Texts } from "./texts.ts";

export const PROGRESS_TEXTS = ["progress", "progressSpeed", "progressTime", "progressStill"] as const;

/** How often the text is told to screen readers, which would otherwise never stop talking. */
const TELL_EVERY_MS = 10_000;
/** After so long without anything new, speed and time left are no longer said: they would be those of before. */
const STILL_AFTER_MS = 10_000;

/**
 * A progress bar with its text: `<progress>`, `[data-progress-text]` for the eye and `[data-progress-live]` (visually hidden,
 * aria-live) for the ear.
 */
export class ProgressView {
  readonly #bar: HTMLProgressElement;
  readonly #text: HTMLElement;
  readonly #live: HTMLElement;
  readonly #texts: Texts<(typeof PROGRESS_TEXTS)[number]>;
  #toldAt = 0;
  #stillAt: ReturnType<typeof setTimeout> | undefined;

  constructor(root: HTMLElement, texts: Texts<(typeof PROGRESS_TEXTS)[number]>) {
    this.#bar = find(root, "progress", HTMLProgressElement);
    this.#text = find(root, "[data-progress-text]", HTMLElement);
    this.#live = find(root, "[data-progress-live]", HTMLElement);
    this.#texts = texts;
  }

  show({ bytes, total, bytesPerSecond, secondsLeft }: Progress): void {
    this.#bar.max = Math.max(1, total);
    this.#bar.value = total === 0 ? 1 : bytes;
    const parts = [this.#texts("progress", { bytes: sizeText(bytes), total: sizeText(total) })];
    if (bytesPerSecond !== null) parts.push(this.#texts("progressSpeed", { speed: sizeText(bytesPerSecond) }));
    if (secondsLeft !== null && secondsLeft > 0)
      parts.push(this.#texts("progressTime", { time: timeText(secondsLeft) }));
    this.#say(parts.join(", "), false);
    const still = this.#texts("progressStill", { bytes: sizeText(bytes), total: sizeText(total) });
    if (bytes < total) this.#stillAt = setTimeout(() => this.say(still), STILL_AFTER_MS);
  }

  /** Says something else in the same place, at once; what comes after it is told at once too, so that nobody hears of what is over. */
  say(text: string): void {
    this.#say(text, true);
    this.#toldAt = Number.NEGATIVE_INFINITY;
  }

  /** Nothing more is to come. */
  rest(): void {
    clearTimeout(this.#stillAt);
  }

  #say(text: string, now: boolean): void {
    this.rest();
    this.#text.textContent = text;
    if (!now && performance.now() - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = performance.now();
    this.#live.textContent = text;
  }
}
