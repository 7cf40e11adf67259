drop table delivery_site;
alter table cluster drop constraint cluster_lead_is_a_member;
drop table cluster_member;
drop table cluster;
drop table buyer_code_history;
drop table buyer_population;
drop table buyer_establishment;
drop index buyer_by_insee_code;
drop index buyer_by_siren;
alter table buyer
  drop constraint buyer_private_applies_the_code,
  drop constraint buyer_insee_code_is_of_a_commune,
  drop constraint buyer_commune_has_its_insee_code,
  drop column name_key,
  drop column version,
  drop column applies_code,
  drop column kind,
  drop constraint buyer_siren_is_its_own,
  drop constraint buyer_has_a_siret_or_a_siren,
  drop column siren,
  drop column siren_alone,
  -- Refused while a buyer is known by its SIREN alone: the schema before cannot hold it, and no SIRET is invented.
  alter column siret set not null;
drop function search_key(text);
