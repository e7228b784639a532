import type { Stroke } from "../workers/calls/receipt-calls.ts";

/** Of a pen, as a share of the field's width. */
const PEN = 0.004;

/**
 * A field that is signed in with a finger, a pen or a mouse. What is drawn stays in the page until it is cleared: shares of the field's
 * width and height, so that turning the device changes nothing of it.
 */
export class SigningField {
  readonly #canvas: HTMLCanvasElement;
  #strokes: (readonly [number, number])[][] = [];
  #pointer: number | null = null;

  /** @param changed hears of every line that is begun, and of clearing */
  constructor(canvas: HTMLCanvasElement, changed: () => void) {
    this.#canvas = canvas;
    canvas.addEventListener("pointerdown", (event) => {
      if (this.#pointer !== null || event.button !== 0) return; // one finger writes, the palm does not
      this.#pointer = event.pointerId;
      canvas.setPointerCapture(event.pointerId);
      this.#strokes.push([this.#placeOf(event)]);
      this.#draw();
      changed();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (event.pointerId !== this.#pointer) return;
      const passed = event.getCoalescedEvents?.() ?? [];
      this.#strokes.at(-1)?.push(...(passed.length === 0 ? [event] : passed).map((each) => this.#placeOf(each)));
      this.#draw();
    });
    for (const end of ["pointerup", "pointercancel"] as const) {
      canvas.addEventListener(end, (event) => {
        if (event.pointerId === this.#pointer) this.#pointer = null;
      });
    }
  }

  get strokes(): readonly Stroke[] {
    return this.#strokes;
  }

  clear(): void {
    this.#strokes = [];
    this.#pointer = null;
    this.#draw();
  }

  #placeOf({ clientX, clientY }: PointerEvent): readonly [number, number] {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return [(clientX - left) / width, (clientY - top) / height];
  }

  #draw(): void {
    const context = this.#canvas.getContext("2d");
    if (context === null) return;
    const { width, height } = this.#canvas;
    context.clearRect(0, 0, width, height);
    context.strokeStyle = "#0b0c0c";
    context.lineWidth = PEN * width;
    context.lineCap = "round";
    context.lineJoin = "round";
    for (const [first, ...rest] of this.#strokes) {
      if (first === undefined) continue;
      context.beginPath();
      context.moveTo(first[0] * width, first[1] * height);
      for (const [x, y] of rest.length === 0 ? [first] : rest) context.lineTo(x * width, y * height);
      context.stroke();
    }
  }
}
