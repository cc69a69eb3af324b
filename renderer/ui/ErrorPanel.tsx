import type { ReactNode } from 'react'
import type { ErrorCode, ErrorDetails } from '../../shared/errors.ts'
import { Button } from './Button.tsx'
import { errorHelp, errorTitles } from './errorTitles.ts'
import { Icon } from './Icon.tsx'
import styles from './ErrorPanel.module.css'

export type ErrorPanelProps = {
  /** Every `AppError` fits. */
  readonly error: {
    readonly code: ErrorCode
    readonly message: string
    readonly details: ErrorDetails
  }
  /** What could not be done, where the page around it does not say so. */
  readonly what?: string
  /** Where it lies on the disk. */
  readonly place?: string | undefined
  readonly onRetry?: (() => void) | undefined
  readonly actions?: ReactNode
}

/** What failed, its code, its evidence, and what can be done about it. */
export function ErrorPanel({ error, what, place, onRetry, actions }: ErrorPanelProps) {
  const { code, ...others } = error.details
  // The system's own code says more than ours, beside it.
  const hasOwnCode = typeof code === 'string'
  const details = Object.entries({
    ...(hasOwnCode ? others : error.details),
    ...(place === undefined ? {} : { folder: place }),
  })
  return (
    <section className={styles.panel} role="alert">
      <span className={styles.icon}>
        <Icon name="alert" size={20} />
      </span>
      <div className={styles.body}>
        <h2 className={styles.title}>{errorTitles[error.code]}</h2>
        <p>
          {what} {error.message} {errorHelp[error.code]}
        </p>
        <dl className={styles.details}>
          <div>
            <dt>code</dt>
            <dd>{hasOwnCode ? `${error.code}, ${code}` : error.code}</dd>
          </div>
          {details.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
        {(onRetry || actions) && (
          <div className={styles.actions}>
            {onRetry && (
              <Button icon="refresh" onClick={onRetry}>
                Try again
              </Button>
            )}
            {actions}
          </div>
        )}
      </div>
    </section>
  )
}
