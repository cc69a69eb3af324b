import { useEffect, useLayoutEffect, useRef, useState } from 'react'

/** A key as it was pressed, for as long as it waits. */
export type KeyPress = {
  readonly key: string
  readonly shiftKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
}

/** Null: what is shown is what was asked for. Else it resolves when that is there, to false when it does not come. */
export type WhenCurrent = () => Promise<boolean> | null

/**
 * Keys that are pressed while the answer to an earlier question is still shown are meant for what comes: they wait for it,
 * and are carried out in their order, unless the focus has left or nothing came. False: nothing is to be waited for.
 */
export function useKeysAhead(
  whenCurrent: WhenCurrent | undefined,
  onPress: (press: KeyPress) => void,
): (press: KeyPress, element: Element) => boolean {
  const [ahead, setAhead] = useState<readonly KeyPress[]>([])
  const focused = useRef<Element | null>(null)
  const latest = useRef(onPress)
  useLayoutEffect(() => {
    latest.current = onPress
  })
  useEffect(() => {
    const [next, ...rest] = ahead
    if (next === undefined) return undefined
    let isLeft = false
    const carryOut = async () => {
      const isThere = (await whenCurrent?.()) ?? true
      if (isLeft) return
      const isMeant = isThere && focused.current === document.activeElement
      if (isMeant) latest.current(next)
      setAhead(isMeant ? rest : [])
    }
    void carryOut()
    return () => {
      isLeft = true
    }
  }, [ahead, whenCurrent])
  return (press, element) => {
    if (ahead.length === 0 && (whenCurrent?.() ?? null) === null) return false
    focused.current = element
    const { key, shiftKey, ctrlKey, metaKey } = press
    setAhead((before) => [...before, { key, shiftKey, ctrlKey, metaKey }])
    return true
  }
}
