import { onTestFinished } from 'vitest'

/** Until the test ends this process takes itself for one of another system. */
export function onPlatform(platform: NodeJS.Platform): void {
  const own = process.platform
  const become = (value: NodeJS.Platform) => Object.defineProperty(process, 'platform', { value })
  become(platform)
  onTestFinished(() => {
    become(own)
  })
}
