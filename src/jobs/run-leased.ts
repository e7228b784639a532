import type { Job, JobParts } from "./parts.ts";

/**
 * Runs the job unless another process runs it. The lease ends with the run, or after `leaseMs` when the process dies: a
 * run that takes longer may be joined by another, which every job bears.
 * @returns what the job answers; null when it did not run
 */
export async function runLeased(parts: JobParts, name: string, leaseMs: number, job: Job): Promise<number | null> {
  const now = parts.clock.now();
  const holders = await parts.ephemera.count("lease", name, now, new Date(now.getTime() + leaseMs));
  if (holders !== 1) return null;
  try {
    return await job(parts, now);
  } finally {
    await parts.ephemera.remove("lease", name);
  }
}
