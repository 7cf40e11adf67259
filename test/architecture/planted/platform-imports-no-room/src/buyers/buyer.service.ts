export class BuyerService {}
