export class ProtectionFlag {}
