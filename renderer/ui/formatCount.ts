/** `1234567` as `1,234,567`. Without the tables of `Intl`, which take longer to load than a list takes to be drawn. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')
}
