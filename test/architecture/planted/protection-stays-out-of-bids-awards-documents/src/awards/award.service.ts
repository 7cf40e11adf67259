import type { ProtectionFlag } from '../lots/protection-flag.entity.js';

export type Reason = ProtectionFlag;
