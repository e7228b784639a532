/** The receipt token of a package that was opened in this window, until the window is closed: shows later pages that it was. */
export function keepToken(id: string, token: string): void {
  sessionStorage.setItem(nameOf(id), token);
}

export function keptToken(id: string): string | null {
  return sessionStorage.getItem(nameOf(id));
}

export function forgetToken(id: string): void {
  sessionStorage.removeItem(nameOf(id));
}

function nameOf(id: string): string {
  return `waybill-token-${id}`;
}
