export class Lot {
  name: string;
}
