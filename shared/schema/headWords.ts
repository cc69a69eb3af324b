// The fixed words of heads, apart from their schemas because a thread that only looks at files loads none.
export const nativeFormat = 'unstuck'
export const currentVersion = 3

/** How every head of this version begins, up to its summary. */
export const headStart = `{\n"format": "${nativeFormat}", "version": ${currentVersion},\n"summary": `

export const runStatuses = [
  'pending',
  'running',
  'waiting',
  'paused',
  'failed',
  'completed',
  'cancelled',
] as const

export const runKinds = ['workflow', 'session', 'thread'] as const

export const severities = ['stuck', 'attention', 'moving', 'resting'] as const
