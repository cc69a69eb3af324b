import { useEffect, useState } from 'react'
import { Dialog } from '../../ui/Dialog.tsx'
import { PaletteSearch } from './PaletteSearch.tsx'

/** Finds runs, screens and actions. Opened anywhere with Ctrl K or ⌘ K. */
export function CommandPalette() {
  const [isOpen, setIsOpen] = useState(false)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return
      event.preventDefault()
      setIsOpen((wasOpen) => !wasOpen)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])

  const close = () => setIsOpen(false)
  return (
    <Dialog open={isOpen} title="Command palette" onClose={close}>
      <PaletteSearch onClose={close} />
    </Dialog>
  )
}
