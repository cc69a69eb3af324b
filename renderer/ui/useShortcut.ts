import { useEffect, useRef } from 'react'

/** Runs the action when the key is pressed anywhere but in a field, without a modifier, while no dialog is open. */
export function useShortcut(key: string, action: () => void): void {
  const latest = useRef(action)
  useEffect(() => {
    latest.current = action
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== key || event.defaultPrevented) return
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event)) return
      if (document.querySelector('dialog[open]') !== null) return
      event.preventDefault()
      latest.current()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [key])
}

/** The first of the path is the field itself, also inside an editor with a root of its own. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath()
  return target instanceof HTMLElement && target.closest(fields) !== null
}

const fields = 'input, textarea, select, [contenteditable="true"]'
