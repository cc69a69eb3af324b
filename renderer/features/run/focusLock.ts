export const lockPanelId = 'lock'

/** Takes the focus to what can be done about the lock. The inspector that shows it is open by the next frame. */
export function focusLock(): void {
  requestAnimationFrame(() => {
    const panel = document.getElementById(lockPanelId)
    panel?.scrollIntoView({ block: 'nearest' })
    panel?.querySelector<HTMLElement>('button')?.focus()
  })
}
