// Secrets that are known by their look, whatever key they stand under. Every repetition is bounded, so that no text takes longer than it is long.

export type Shape = { readonly rule: string; readonly pattern: RegExp }

export const knownShapes: readonly Shape[] = [
  { rule: 'age key', pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{20,255}/g },
  {
    rule: 'token (JWT)',
    pattern: /\beyJ[\w-]{8,4000}\.[\w-]{8,8000}\.[\w-]{0,2000}/g,
  },
  { rule: 'AWS key', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16,255}/g },
  {
    rule: 'GitHub token',
    pattern: /\b(?:gh[pousr]_\w{20,255}|github_pat_\w{20,255})/g,
  },
  { rule: 'GitLab token', pattern: /\bgl(?:pat|dt|rt|cbt|ptt|ft|soat)-[\w-]{16,255}/g },
  {
    rule: 'Slack token',
    pattern: /\b(?:xox[abeprs]-[\w-]{10,255}|xapp-[\w-]{10,255})/g,
  },
  {
    rule: 'Slack webhook',
    pattern: /(?<=\bhooks\.slack\.com\/(?:services|workflows|triggers)\/)[\w/-]{10,200}/g,
  },
  {
    rule: 'Stripe key',
    pattern: /\b(?:[spr]k_(?:live|test)_[0-9A-Za-z]{10,247}|whsec_[0-9A-Za-z+/=]{16,200})/g,
  },
  {
    rule: 'Google key',
    pattern: /\b(?:AIza[\w-]{35,255}|ya29\.[\w-]{20,2000}|GOCSPX-[\w-]{20,255})/g,
  },
  { rule: 'sk- key', pattern: /\bsk-[\w-]{20,255}/g },
  {
    rule: 'registry token',
    pattern: /\b(?:npm_[A-Za-z0-9]{30,255}|pypi-[\w-]{40,300}|hf_[A-Za-z0-9]{30,255})/g,
  },
  {
    rule: 'service token',
    pattern:
      /\b(?:SG\.[\w-]{16,32}\.[\w-]{16,255}|do[opr]_v1_[0-9a-f]{40,255}|hvs\.[\w-]{20,200})/g,
  },
]
