import { splitUnseen } from '../../shared/unseen.ts'
import { sayUnseen } from './sayUnseen.ts'
import styles from './UnseenMark.module.css'

export type UnseenMarkProps = { readonly text: string }

/** In a field without a line below it: the first character of its text that nobody sees. */
export function UnseenMark({ text }: UnseenMarkProps) {
  const said = sayUnseen(text)
  const first = splitUnseen(text).find(({ kind }) => kind === 'unseen')
  if (said === null || first === undefined) return null
  return (
    <span className={styles.mark} role="img" aria-label={said} title={said}>
      {first.text}
    </span>
  )
}
