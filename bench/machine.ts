import { cpus, loadavg, release, totalmem, type } from "node:os";

/** The machine in one line: what the numbers were measured on. */
export function describeMachine(): string {
  const cores = cpus();
  const memory = (totalmem() / 2 ** 30).toFixed(0);
  const load = loadavg()[0]?.toFixed(1);
  const model = cores[0]?.model.trim() ?? "unknown processor";
  return `${cores.length} × ${model}, ${memory} GiB, ${type()} ${release()}, Node ${process.versions.node}, load ${load} before`;
}
