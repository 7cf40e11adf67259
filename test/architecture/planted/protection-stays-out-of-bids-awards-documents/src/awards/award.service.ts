import type { ProtectionFlag } from '../protection/protection-flag.entity.js';

export type Reason = ProtectionFlag;
