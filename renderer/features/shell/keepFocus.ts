import { isFocusFree } from '../../ui/isFocusFree.ts'

/**
 * What has the focus can go, or be disabled: a plan that was carried out, a question that was answered. Whoever works by keyboard
 * then goes on at the content and not at the top of the page; what was disabled only for a while gets the focus back.
 */
export function keepFocus(window: Window): void {
  const { document } = window
  let last: HTMLElement | null = null
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && target.id !== contentId) last = target
  })
  document.addEventListener('focusout', ({ relatedTarget }) => {
    if (relatedTarget !== null) return
    const left = last
    // What goes is still there while it loses the focus; a press beside it is a wish, and so is another window.
    queueMicrotask(() => {
      if (last === left && left !== null && canTakeFocus(left) && document.hasFocus()) last = null
    })
  })
  const restore = () => {
    if (last === null || !isFocusFree(document)) return
    if (canTakeFocus(last)) return last.focus(stay)
    if (!last.isConnected) last = null
    if (document.activeElement === document.body) contentOf(document)?.focus(stay)
  }
  const observer = new MutationObserver(() => {
    restore()
    // What was just disabled loses the focus with the next frame.
    if (last?.matches(':disabled') === true) window.requestAnimationFrame(restore)
  })
  observer.observe(document, { childList: true, subtree: true, attributeFilter: ['disabled'] })
}

const contentId = 'main'
const stay = { preventScroll: true }

function canTakeFocus(element: HTMLElement): boolean {
  return element.isConnected && !element.matches(':disabled')
}

/** What is behind a dialog cannot have the focus. */
function contentOf(document: Document): HTMLElement | null {
  const dialog = [...document.querySelectorAll<HTMLElement>('dialog[open]')].at(-1)
  return dialog?.querySelector('button') ?? document.getElementById(contentId)
}
