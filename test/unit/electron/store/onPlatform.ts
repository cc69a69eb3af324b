import { onTestFinished } from 'vitest'

const become = (value: NodeJS.Platform) => Object.defineProperty(process, 'platform', { value })

/** Until the test ends this process takes itself for one of another system. */
export function onPlatform(platform: NodeJS.Platform): void {
  const own = process.platform
  become(platform)
  onTestFinished(() => {
    become(own)
  })
}
