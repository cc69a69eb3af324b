import styles from './tab.module.css'

/**
 * What stands where the chosen value will: with it the rows above stay where they are when a first one is chosen. A low
 * window has no room to keep.
 */
export function roomForValue() {
  if (window.innerHeight < 760) return null
  return <p className={styles.unmasked}>Choose a value to see all of it, and who wrote it.</p>
}
