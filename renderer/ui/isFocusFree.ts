/** Whether nobody has the focus but the page, or its content as a whole: what was pressed is gone. */
export function isFocusFree({ activeElement, body }: Document): boolean {
  return activeElement === null || activeElement === body || activeElement.id === 'main'
}
