import { ApiProperty } from '@nestjs/swagger';

const ID = { format: 'uuid', example: '0199f3a4-5b6c-7d8e-9f01-23456789abcf' } as const;
const count = (description: string, example: number) => ({ type: 'integer', description, example }) as const;

export class ClusterFiguresAnswer {
  @ApiProperty(count('Invités qui n’ont pas répondu.', 2))
  invited: number;
  @ApiProperty(count('Ceux qui ont signalé leur intérêt.', 1))
  interested: number;
  @ApiProperty(count('Membres\u00a0: ceux qui ont adhéré.', 8))
  members: number;
  @ApiProperty(count('Ceux qui ont répondu ne pas adhérer.', 1))
  declined: number;
  @ApiProperty(count('Ceux qui se sont retirés.', 0))
  withdrawn: number;
  @ApiProperty(
    count(
      'Population municipale des communes membres, au dernier millésime connu de chacune, en habitants. Les habitants d’un EPCI, ou d’un autre établissement, sont ceux de communes\u00a0: il n’y ajoute rien.',
      12_480,
    ),
  )
  municipalPopulation: number;
  @ApiProperty(
    count('Communes membres dont aucune population n’est connue\u00a0: elles n’y comptent pas.', 0),
  )
  withoutPopulation: number;
}

export class GroupClusterAnswer extends ClusterFiguresAnswer {
  @ApiProperty({ ...ID, description: 'Pôle.' })
  id: string;
  @ApiProperty({ description: 'Nom du pôle.', example: 'Pôle de Loiron' })
  name: string;
  @ApiProperty({ ...ID, description: 'Commune de tête.' })
  leadBuyerId: string;
  @ApiProperty({ description: 'Nom de la commune de tête.', example: 'Loiron-Ruillé' })
  leadName: string;
}

export class GroupClustersAnswer {
  @ApiProperty({
    type: [GroupClusterAnswer],
    description: 'Les pôles dont un membre au moins a été invité, par nom.',
  })
  clusters: readonly GroupClusterAnswer[];
  @ApiProperty({ type: ClusterFiguresAnswer, description: 'Hors pôle\u00a0: ceux qui ne sont d’aucun.' })
  outside: ClusterFiguresAnswer;
  @ApiProperty({ type: ClusterFiguresAnswer, description: 'Tous, chacun une fois.' })
  total: ClusterFiguresAnswer;
  @ApiProperty(count('Ceux qui sont de plusieurs pôles.', 1))
  inSeveralClusters: number;
  @ApiProperty({
    description: 'Ce qu’il ne faut pas additionner, et qui compte.',
    example:
      'Un acheteur membre de plusieurs pôles compte dans chacun\u00a0: les lignes des pôles ne s’additionnent pas. Le total compte chaque acheteur une fois. Seules les communes y comptent leurs habitants\u00a0: ceux d’un EPCI, ou d’un autre établissement, sont déjà les leurs.',
  })
  caution: string;
}
