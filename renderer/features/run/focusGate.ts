export const gatePanelId = 'decision'

/** Takes the focus to the first control of the decision that the run waits for. */
export function focusGate(): void {
  const panel = document.getElementById(gatePanelId)
  panel?.scrollIntoView({ block: 'nearest' })
  panel?.querySelector<HTMLElement>('form :is(input, textarea, select, button)')?.focus()
}
