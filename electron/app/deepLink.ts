// `unstuck://run/<id>?checkpoint=…`: the address of a view, as a link that the application opens.

export const linkScheme = 'unstuck'

/** What stands behind `#` in the page's address; null for what is no such link. The page's own router reads it, and trusts none of it. */
export function hashOfLink(text: string): string | null {
  const match = /^unstuck:\/\/([a-z][\x21-\x7e]{0,1999})$/i.exec(text)
  const [, view = ''] = match ?? []
  return match === null || view.includes('#') ? null : `#/${view}`
}
