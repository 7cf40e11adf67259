-- What people choose of the procedure of a consultation, and what its value counts beside its lots. Amounts in euros
-- excluding VAT (CCP R2121-1, R2121-5); limits are instants.
create table procedure_choice (
  consultation_id uuid constraint procedure_choice_pk primary key
    constraint procedure_choice_consultation references consultation on delete cascade,
  procedure text constraint procedure_choice_procedure_is_known
    check (procedure in ('direct', 'adapted', 'open', 'restricted', 'negotiated', 'dialogue')),
  ground text constraint procedure_choice_ground_says_something check (ground <> ''),
  main_object text constraint procedure_choice_main_object_is_known check (main_object in ('works', 'supplies_services')),
  electronic boolean not null,
  urgency text constraint procedure_choice_urgency_says_something check (urgency <> ''),
  preinformation_on date,
  candidacies_limit timestamptz,
  offers_limit timestamptz,
  letters text constraint procedure_choice_letters_is_known check (letters in ('electronic', 'other')),
  options numeric(12, 2) constraint procedure_choice_options_are_positive check (options >= 0),
  premiums numeric(12, 2) constraint procedure_choice_premiums_are_positive check (premiums >= 0),
  rest_of_operation numeric(12, 2)
    constraint procedure_choice_rest_of_operation_is_positive check (rest_of_operation >= 0),
  version integer not null constraint procedure_choice_version_is_positive check (version > 0),
  constraint procedure_choice_limits_ordered check (candidacies_limit < offers_limit)
);

-- Lots that are bought as small ones (CCP R2123-1 2°, R2122-8).
create table procedure_small_lot (
  lot_id uuid constraint procedure_small_lot_pk primary key,
  consultation_id uuid not null,
  treatment text not null constraint procedure_small_lot_treatment_is_known check (treatment in ('adapted', 'direct')),
  constraint procedure_small_lot_lot foreign key (lot_id, consultation_id) references lot (id, consultation_id)
    on delete cascade deferrable initially immediate
);
create index procedure_small_lot_by_consultation on procedure_small_lot (consultation_id);
