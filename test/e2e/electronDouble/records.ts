/** What the application asked of Electron, in order: the tests look at it. */
export type DoubleRecord = { readonly what: string; readonly [detail: string]: unknown }

export const records: DoubleRecord[] = []

export function record(what: string, details: { readonly [detail: string]: unknown } = {}): void {
  records.push({ what, ...details })
}
