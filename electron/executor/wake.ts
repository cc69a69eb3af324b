/** A flag that one loop waits for; set while nobody waits, it is remembered. */
export type Wake = { readonly set: () => void; readonly wait: () => Promise<void> }

export function createWake(): Wake {
  let isSet = false
  let resume: (() => void) | null = null
  return {
    set() {
      isSet = true
      resume?.()
    },
    async wait() {
      if (!isSet) await new Promise<void>((resolve) => (resume = resolve))
      isSet = false
      resume = null
    },
  }
}
