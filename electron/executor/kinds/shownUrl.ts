/** An address without what may be secret in it: user, password, values of the query, fragment. */
export function shownUrl(address: string): string {
  if (!URL.canParse(address)) return 'an address that cannot be read'
  const url = new URL(address)
  const names = [...new Set(url.searchParams.keys())].map((name) => `${encodeURIComponent(name)}=…`)
  const query = names.length === 0 ? '' : `?${names.join('&')}`
  return `${url.protocol}//${url.host}${url.pathname}${query}`
}
