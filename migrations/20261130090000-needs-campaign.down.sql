drop table need_comment, need_exclusion, need_version, need_history, need_lot_answer, need_entry, need_declaration,
  need_campaign, need_settings;
drop sequence need_receipt_number;
drop function need_version_is_kept();
