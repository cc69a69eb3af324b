import { useEffect, useRef } from 'react'
import styles from './CodeText.module.css'

/** A part of a line that is pointed at, in UTF-16 units of that line. */
export type CodeRange = {
  /** As it is shown. */
  readonly line: number
  readonly start: number
  /** Equal to `start`: the place between two characters. */
  readonly end: number
  readonly kind: 'broken' | 'wiped' | 'cut'
  readonly title: string
  readonly isChosen: boolean
  readonly onChoose: () => void
}

export type CodeRangeMarkProps = { readonly text: string; readonly range: CodeRange }

/** The range with what stands in it; where nothing can be seen there, in words. */
export function CodeRangeMark({ text, range }: CodeRangeMarkProps) {
  const { kind, title, isChosen, onChoose } = range
  const mark = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (isChosen) mark.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    // Whoever uses the keyboard goes over the list beside the text.
    <button
      ref={mark}
      type="button"
      tabIndex={-1}
      className={styles.range}
      data-kind={kind}
      data-chosen={isChosen || undefined}
      title={title}
      onClick={onChoose}
    >
      {shownText(text, kind)}
    </button>
  )
}

function shownText(text: string, kind: CodeRange['kind']): string {
  if (kind === 'wiped') return `${text.length.toLocaleString('en')} bytes of zeros`
  if (text.trim() === '') return kind === 'cut' ? 'cut here' : 'here'
  return text
}
