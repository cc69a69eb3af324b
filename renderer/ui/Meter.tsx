import styles from './Meter.module.css'

export type MeterProps = {
  readonly value: number
  readonly total: number
  readonly tone?: 'bad' | 'warn' | 'good' | 'busy' | 'wait' | 'neutral'
}

/** A thin bar beside numbers that already say it. */
export function Meter({ value, total, tone = 'neutral' }: MeterProps) {
  const share = total > 0 ? Math.min(1, value / total) : 0
  return (
    <span className={styles.meter} data-tone={tone} aria-hidden="true">
      <span className={styles.fill} style={{ inlineSize: `${share * 100}%` }} />
    </span>
  )
}
