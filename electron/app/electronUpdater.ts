import { autoUpdater } from 'electron-updater'
import type { Updater } from './updates.ts'

/**
 * The updater of electron-builder's packages. It compares what it downloads with the SHA-512 of the feed, and on macOS and
 * Windows its signature with the one of this application.
 */
export function electronUpdater(feed: string): Updater {
  autoUpdater.autoDownload = false
  autoUpdater.allowDowngrade = false
  // Set before anything is downloaded: what is prepared has been agreed to.
  autoUpdater.autoInstallOnAppQuit = true
  autoUpdater.logger = null // its failures reject the calls below
  autoUpdater.setFeedURL({ provider: 'generic', url: feed })
  return {
    check: async () => {
      const found = await autoUpdater.checkForUpdates()
      return found?.isUpdateAvailable === true ? found.updateInfo.version : null
    },
    prepare: async () => {
      await autoUpdater.downloadUpdate()
    },
  }
}
