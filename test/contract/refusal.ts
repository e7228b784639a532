/** For assert.rejects: the error has this code. */
export function ofCode(code: string): (error: unknown) => boolean {
  return (error) => {
    if (error instanceof Error && "code" in error && error.code === code) return true;
    throw error; // the assertion then shows what it was
  };
}
