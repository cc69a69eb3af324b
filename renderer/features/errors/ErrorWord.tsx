import type { ErrorStanding } from '../../../shared/schema/errorGroup.ts'
import { Icon } from '../../ui/Icon.tsx'
import { errorLooks } from './errorLooks.ts'
import styles from './ErrorsPage.module.css'

export type ErrorWordProps = { readonly standing: Pick<ErrorStanding, 'state' | 'again'> }

/** Where an error stands, as icon, word and colour. */
export function ErrorWord({ standing: { state, again } }: ErrorWordProps) {
  const { icon, tone, word } = errorLooks[state]
  return (
    <span className={styles.word} data-tone={tone}>
      <Icon name={again === null ? icon : 'refresh'} size={14} />
      {again === null ? word : 'Open again'}
    </span>
  )
}
