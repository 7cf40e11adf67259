export class LotPages {}
