import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import type { LogSearchStore } from '../../state/logSearchStore.ts'
import { useMask } from '../../state/useMask.ts'
import { splitMatches } from '../../ui/splitMatches.ts'
import styles from './LogMatches.module.css'

export type LogMatchesProps = { readonly store: LogSearchStore }

/** The lines that were found in all logs; each goes to its place. */
export function LogMatches({ store }: LogMatchesProps) {
  const { matches, current, query, choose } = useStore(store)
  const mask = useMask()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    list.current?.children[current]?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <ul ref={list} className={styles.list} aria-label="Lines that were found">
      {matches.map(({ step, attempt, line, text }, index) => (
        <li key={`${step} ${attempt} ${line}`}>
          <button
            type="button"
            className={styles.match}
            aria-current={index === current}
            onClick={() => choose(index)}
          >
            <span className={styles.place}>
              {step} · {attempt}
            </span>
            <span className={styles.line}>{line.toLocaleString('en')}</span>
            <code className={styles.text}>
              {splitMatches(mask.text(text), query).map((piece, at) =>
                // oxlint-disable-next-line react/no-array-index-key -- pieces have no identity but their place
                piece.isMatch ? <mark key={at}>{piece.text}</mark> : piece.text,
              )}
            </code>
          </button>
        </li>
      ))}
    </ul>
  )
}
