/** What a bundle may ask of the machine that opens it. All of it is checked while the bytes arrive. */
export type BundleLimits = {
  readonly files: number
  readonly manifestBytes: number
  readonly fileBytes: number
  readonly totalBytes: number
  /** How much more may come out than went in, once more than `freeBytes` came out. */
  readonly ratio: number
  readonly freeBytes: number
}

const mega = 1024 * 1024

export const bundleLimits: BundleLimits = {
  files: 200_000,
  manifestBytes: 64 * mega,
  fileBytes: 16 * 1024 * mega,
  totalBytes: 64 * 1024 * mega,
  ratio: 2_000,
  freeBytes: 256 * mega,
}
