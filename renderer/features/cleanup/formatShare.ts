/** `42 %`; what is little and not nothing is `< 1 %`. */
export function formatShare(share: number): string {
  if (share > 0 && share < 0.01) return '< 1 %'
  return `${Math.round(share * 100)} %`
}
