// Chromium does not know the application's scheme: its pages live at an address that no network has.
const real = 'app://unstuck'
const mapped = 'https://unstuck.invalid'

export function toChromium(url: string): string {
  return url.startsWith(real) ? mapped + url.slice(real.length) : url
}

export function fromChromium(url: string): string {
  return url.startsWith(mapped) ? real + url.slice(mapped.length) : url
}
