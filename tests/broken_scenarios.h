/* The files of tests/scenarios/broken with all that is told of each: `line:column: text`, an error
 * a line, with the name of the file in front where it is another one.
 */
#ifndef CELSIM_TESTS_BROKEN_SCENARIOS_H
#define CELSIM_TESTS_BROKEN_SCENARIOS_H

static const struct {
    const char *file, *told;
} broken_scenarios[] = {
    {"empty_file.yaml", "1:1: the file is empty; it must hold 'key: value' lines"},
    {"only_comments.yaml", "1:1: the file is empty; it must hold 'key: value' lines"},
    {"list_at_the_top.yaml", "2:1: the file must hold 'key: value' lines at the top, not a list"},
    {"latin_1.yaml", "2:13: byte 0xEB is not UTF-8; save the file as UTF-8"},
    {"nul_byte.yaml", "2:12: character U+0000 is not allowed; of the control characters only tabs "
                      "and line ends are"},
    {"second_document.yaml", "4:1: a second document ('---') starts here; a file may hold one"},
    {"depth_100.yaml", "2:71: over 64 lists and mappings inside each other; no more are allowed"},
    {"anchor.yaml", "6:19: anchor '&long' is not allowed; write the value where it is needed"},
    {"alias.yaml", "6:19: anchor '&long' is not allowed; write the value where it is needed\n"
                   "7:17: alias '*long' is not allowed; write the value out, or use extends"},
    {"tag.yaml", "6:19: a tag ('!') is not allowed; what a value means follows from its key"},
    {"merge_key.yaml",
     "7:5: merge keys ('<<') are not allowed; write the keys out, or use extends"},
    {"tab_indent.yaml", "6:1: a tab stands in the indentation; only blanks may"},
    {"bracket_open.yaml", "7:28: a ',' or ']' misses in the list that starts at 7:23"},
    {"quote_open.yaml", "8:8: the quote that opens here does not close"},
    {"key_twice.yaml",
     "9:3: 'patients' stands twice in this mapping, first at 7:3; a key may stand once"},
    {"bad_indent.yaml", "8:12: no key can stand on this place; check the indentation, and put text "
                        "that holds ': ' in quotes"},
    {"extends_missing.yaml",
     "2:10: extends names 'no_such_file.yaml', which cannot be read: No such file or directory"},
    {"extends_itself.yaml",
     "2:10: extends goes round in a circle: extends_itself.yaml, extends_itself.yaml"},
    {"extends_circle.yaml", "circle_other.yaml:2:10: extends goes round in a circle: "
                            "extends_circle.yaml, circle_other.yaml, extends_circle.yaml"},
    {"extends_folder.yaml", "2:10: extends names '.', which is a folder; it must be a file"},
    {"extends_mapping.yaml", "2:23: extends must be the path of a file, seen from the folder of "
                             "this one, or a list of such paths"},
    {"remove_unknown.yaml", "3:12: there is no 'patiens' to remove (did you mean 'patient'?); put "
                            "the word in quotes if it is a text"},
    {"remove_alone.yaml",
     "6:9: there is no 'patients' to remove; put the word in quotes if it is a text"},
    {"both_files.yaml",
     "both_files_below.yaml:2:34: end is 2026-02-30; February has at most 29 days\n"
     "3:21: replications is 0; it must lie between 1 and 1000000\n"
     "both_files_below.yaml:4:40: places is ten; it must be a whole number such as 12\n"
     "4:28: stay is 5 dayz; did you mean '5 days'?\n"
     "5:29: per_day is -1; it must be at least 0\n"
     "both_files_below.yaml:7:33: status is patien; no status has this name; did you mean "
     "'patient'?"},
    {"unknown_key.yaml", "6:27: cloc is not a known key; did you mean 'clock'?"},
    {"unknown_section.yaml", "7:1: placment is not a known key; did you mean 'placement'?"},
    {"unknown_key_far.yaml", "3:25: colour is not a known key; known here are replications, seed"},
    {"missing_key.yaml", "5:11: ward_a lacks the key regime"},
    {"missing_section.yaml", "2:1: the file lacks the key statuses"},
    {"missing_period_end.yaml", "2:9: period lacks the key end"},
    {"empty_value.yaml", "5:34: places is empty; it must be a whole number such as 12"},
    {"name_is_truth.yaml", "4:22: NO is no name; YAML 1.1 readers, as in R and Python, take it for "
                           "a truth value: choose another"},
    {"name_no.yaml", "6:3: no is no name; YAML 1.1 readers, as in R and Python, take it for a "
                     "truth value: choose another"},
    {"name_with_capital.yaml", "3:11: Ward-A is no name; a name is small letters, digits and _, a "
                               "letter first: write ward_a"},
    {"list_for_mapping.yaml", "6:3: statuses is a list; it must be a mapping of keys to values"},
    {"text_for_mapping.yaml", "5:11: ward_a is ten places; it must be a mapping of keys to values"},
    {"text_for_list.yaml", "7:23: to is ward; it must be a list: write [ward]"},
    {"confidence_unknown.yaml",
     "5:76: confidence is sure; it must be stated, derived, calibrated or assumed"},
    {"count_010.yaml", "5:34: places is 010; a leading zero reads as octal elsewhere: write 10"},
    {"count_1_000.yaml", "5:34: places is 1_000; write 1000"},
    {"count_1e3.yaml", "5:34: places is 1e3; write 1000"},
    {"count_0x10.yaml", "5:34: places is 0x10; hexadecimal is not read: write 16"},
    {"count_1_30.yaml",
     "5:34: places is 1:30; a colon reads as base 60 elsewhere: write one plain number"},
    {"count_1_5.yaml",
     "5:36: a comma ends the value of places, so that 5 is a key; decimals take a point: 1.5"},
    {"count_point.yaml", "5:34: places is 10.5; it must be a whole number such as 12"},
    {"count_dutch.yaml", "5:34: places is 1.500; write 1500"},
    {"count_quoted_comma.yaml", "5:34: places is 1,5; it must be a whole number such as 12"},
    {"count_negative.yaml", "5:34: places is -1; it must lie between 0 and 10000000"},
    {"count_too_large.yaml", "5:34: places is 10000001; it must lie between 0 and 10000000"},
    {"count_words.yaml", "5:34: places is ten; it must be a whole number such as 12"},
    {"rate_comma.yaml", "9:14: per_day is 1,5; write 1.5"},
    {"rate_percent.yaml", "6:43: release is 100%; write 1"},
    {"rate_nan.yaml", "7:40: per_day is .nan; it must be a number such as 0.95 or 2/3"},
    {"unit_wrong.yaml", "6:19: stay is 5 dyas; did you mean '5 days'?"},
    {"unit_dutch.yaml", "6:19: stay is 5 weken; did you mean '5 weeks'?"},
    {"unit_missing.yaml", "6:19: stay is 5; give a unit, as in 5 days"},
    {"duration_part.yaml",
     "6:19: stay is 0.3 minutes; it must come to whole minutes, such as 1 minute"},
    {"duration_long.yaml", "6:19: stay is 201 years; it must lie between 0 days and 200 years"},
    {"date_impossible.yaml", "2:34: end is 2026-04-31; April has 30 days"},
    {"date_29_february.yaml", "2:34: end is 2027-02-29; 2027 is no leap year"},
    {"date_dutch.yaml", "2:17: start is 01-01-2026; it must be year-month-day: 2026-01-01 if the "
                        "day stands first here"},
    {"date_month_13.yaml", "2:17: start is 2026-13-01; months run from 01 to 12"},
    {"end_before_start.yaml", "2:34: end is 2026-01-01; it must not lie before start, 2026-12-31"},
    {"period_too_long.yaml", "2:34: end is 2226-01-01; the period may be at most 200 years"},
    {"start_too_early.yaml", "2:17: start is 1969-12-31; it must be 1970-01-01 or later"},
    {"warm_up_half_day.yaml", "2:55: warm_up is 12 hours; it must be whole days"},
    {"warm_up_all.yaml",
     "2:55: warm_up is 1 year; it must be shorter than the period, which has 365 days"},
    {"replications_0.yaml", "3:21: replications is 0; it must lie between 1 and 1000000"},
    {"seed_negative.yaml", "3:13: seed is -1; it must be at least 0"},
    {"share_over_1.yaml", "6:41: guest is 1.4; it must lie between 0 and 1"},
    {"shares_short.yaml", "4:8: the shares of sex add up to 0.9; they must add up to 1"},
    {"shares_long.yaml", "6:33: the shares of next add up to 1.1; they must add up to 1"},
    {"shares_long_rest.yaml",
     "4:8: the shares of sex add up to 1.1; they must add up to 1 with the rest"},
    {"two_rests.yaml", "4:27: woman is rest; only one share can be the rest"},
    {"share_of_0.yaml",
     "4:14: man is 1/0; the number behind the / must be whole, from 1 to 1000000000"},
    {"attribute_reserved.yaml", "4:3: status has a meaning of its own; choose another name"},
    {"value_reserved.yaml", "4:19: else has a meaning of its own; choose another name"},
    {"nine_attributes.yaml", "12:3: a9 is one attribute too many; at most 8 are allowed"},
    {"many_profiles.yaml",
     "9:3: with a6 the attributes make 98304 combinations of values; at most 65536 are allowed"},
    {"by_later.yaml", "4:17: by is sex; it must name an attribute that stands above offence"},
    {"by_unknown.yaml", "8:24: by is sexe; no attribute has this name; did you mean 'sex'?"},
    {"by_without_attributes.yaml",
     "6:24: by is sex; no attribute has this name, and no other is known"},
    {"by_value_unknown.yaml", "8:29: men is not a known key; did you mean 'man'?"},
    {"by_without_else.yaml",
     "8:19: stay varies by age but lacks grown, old; name them all or add else"},
    {"attribute_row_short.yaml",
     "8:12: woman lacks the value heavy of kind; give it a share, 0 if nobody has it"},
    {"who_status.yaml",
     "8:23: status is pacient; no status has this name; did you mean 'patient'?"},
    {"who_value.yaml", "10:20: sex is men; no value of sex has this name; did you mean 'man'?"},
    {"who_key.yaml", "10:15: gender is not a known key; known here are status, sex"},
    {"who_time.yaml", "8:15: served runs with time, but who is judged at one moment; only status "
                      "and the attributes can stand in it"},
    {"who_nobody.yaml", "8:29: not names every status, so nobody is left"},
    {"who_empty.yaml", "8:23: status is an empty list; name at least one status"},
    {"unit_regime.yaml", "5:20: regime is wart; no regime has this name; did you mean 'ward'?"},
    {"unit_without_places.yaml", "5:11: ward_a lacks the key places"},
    {"unlimited_with_units.yaml",
     "4:26: regime is ward, which has places: unlimited and can have no units of its own"},
    {"regime_places.yaml",
     "3:26: places is 10; for a regime it can only be unlimited, since units have the places"},
    {"regime_reserved.yaml",
     "3:11: outside has a meaning of its own in waits; choose another name"},
    {"flag_yes.yaml", "3:29: emergency is yes; it must be false or true"},
    {"admits_nobody.yaml",
     "9:7: a admits nobody: what it admits and what its institution admits exclude each other"},
    {"stay_and_sentence.yaml", "6:27: sentence stands beside stay; a status has one of them"},
    {"clock_unknown.yaml", "6:34: clock is placed; it must be arrival, placement or custody"},
    {"next_unknown.yaml", "6:34: gest is not a known key; did you mean 'guest'?"},
    {"next_scalar.yaml", "6:33: next is guest; it must be a mapping of keys to values"},
    {"timeless_cycle.yaml",
     "7:3: the routes home, away, home go round without taking time; give one of them a stay"},
    {"waits_unknown.yaml", "6:39: in is home; no way to wait or regime has this name; known are "
                           "outside, nowhere, present_place, ward"},
    {"waits_no_units.yaml",
     "6:39: in is cell, which has no units and not places: unlimited, so nobody can wait there"},
    {"limit_without_at_limit.yaml", "6:45: limit lacks at_limit: what gives when it is reached"},
    {"at_limit_without_limit.yaml", "6:45: at_limit lacks limit: how long people may wait"},
    {"limit_outside.yaml",
     "6:48: limit holds only for those who wait in a regime, such as police cells"},
    {"ladder_can_fail.yaml",
     "6:71: at_limit must end with one that cannot fail: over_capacity, sent_home or stay"},
    {"ladder_goes_on.yaml", "6:78: over_capacity is never reached: stay before it cannot fail"},
    {"ladder_unknown.yaml", "6:72: at_limit[0] is sendhome; did you mean 'sent_home'?"},
    {"ladder_empty.yaml",
     "6:71: at_limit must end with one that cannot fail: over_capacity, sent_home or stay"},
    {"sent_home_missing.yaml", "6:71: at_limit has sent_home, but patient lacks the section "
                               "sent_home, which says when they come back"},
    {"sent_home_as.yaml", "9:41: as is patent; no status has this name; did you mean 'patient'?"},
    {"call_up_in_cell.yaml",
     "6:46: called_up is for people who wait outside, but patient waits elsewhere"},
    {"no_show_without_then.yaml", "6:39: no_show lacks then: the status of those who do not come"},
    {"call_up_clock.yaml", "6:43: called_up is for a clock that starts with the placement, but the "
                           "clock of patient starts before"},
    {"call_up_every.yaml", "6:46: every is month; it must be week"},
    {"remission_order.yaml",
     "11:19: up_to is 1 year; it must be above that of the row before it, 2 years"},
    {"remission_unreached.yaml", "11:11: conditional[1] is never reached: the row before it has no "
                                 "up_to and fits any sentence"},
    {"conditional_of_stay.yaml",
     "6:37: conditional remits part of a sentence, but patient has no sentence"},
    {"granted_alone.yaml",
     "6:41: granted is the share with conditional release, but there is no conditional"},
    {"family_unknown.yaml", "7:12: exponentail is not a known key; did you mean 'exponential'?"},
    {"two_families.yaml",
     "7:11: stay has 2 keys; a shape has one, its family, as in {exponential: {mean: ..}}"},
    {"cv_negative.yaml", "7:38: cv is -0.5; it must be above 0: from 0.01 to 10"},
    {"mean_without_cv.yaml",
     "7:19: a gamma takes mean and cv, or median and cv, or shape and scale, and nothing else"},
    {"mean_and_median.yaml",
     "7:23: a lognormal takes mean and cv, or median and cv, or mu and sigma, and nothing else"},
    {"family_without_mean.yaml", "7:25: exponential lacks the key mean"},
    {"bounds_leave_nothing.yaml", "7:73: at_most is 9 days; it must lie above at_least, 10 days"},
    {"uniform_backward.yaml", "7:40: to is 5 days; it must not lie below from, 9 days"},
    {"pert_order.yaml", "7:53: high is 5 days; it must not lie below likely, 9 days"},
    {"bands_backward.yaml",
     "7:42: the band runs from more to less; its end must not lie below its start"},
    {"bands_overlap.yaml",
     "7:42: the band starts below the end of the one before; bands must rise"},
    {"bands_sum.yaml", "7:19: the shares of bands add up to 0.9; they must add up to 1"},
    {"band_short.yaml", "7:42: bands[1] must be a list of three: share, from, to"},
    {"mixture_no_share.yaml", "7:37: mixture[1] must be a list of two: share, shape"},
    {"mixture_sum.yaml", "7:21: the shares of mixture add up to 1.2; they must add up to 1"},
    {"mixture_in_mixture.yaml",
     "7:28: a part of a mixture is no mixture; write all parts in one list"},
    {"steps_not_rising.yaml", "7:35: the step at 5 days follows one at 9 days; steps must rise"},
    {"steps_no_end.yaml", "7:19: the last chance is 0.5; without `every` it must be 1"},
    {"csv_bad_row.yaml", "rows.csv:3:8: to_days is soon; it must be a number such as 12.5"},
    {"csv_no_column.yaml", "7:17: no_column.csv has no column to_days; a shape has the columns "
                           "share, from_days, to_days"},
    {"csv_ragged.yaml",
     "ragged.csv:3:1: this row has 2 cells, the header 3; each row must have as many"},
    {"csv_missing.yaml",
     "7:17: csv names 'no_such_file.csv', which cannot be read: No such file or directory"},
    {"files_items.yaml", "9:5: a.csv has no digest and no text; give one of them\n"
                         "10:28: digets is not a known key; did you mean 'digest'?\n"
                         "11:27: digest is 123; it must be 32 hexadecimal digits\n"
                         "12:36: digest is 00000000000000000000000000000000, but the text has "
                         "797371e0b5aa59a7455e429828338dd8\n"
                         "13:5: c.csv stands twice in files; a name may stand once\n"
                         "14:5: files[5] lacks the key name\n"
                         "15:5: files[6] is e.csv; it must be a mapping of keys to values"},
    {"files_mapping.yaml", "8:8: files is a mapping; it must be a list"},
    {"files_other.yaml", "8:34: rows.csv is another file than is stated here: its digest is "
                         "135fbc63b9756fb6f716854f43dd2c8f, not 00000000000000000000000000000000; "
                         "put the file back, or "
                         "take the digest out"},
    {"flow_status.yaml",
     "7:22: status is pateint; no status has this name; did you mean 'patient'?"},
    {"two_rates.yaml", "7:43: per_year stands beside per_day; a flow has one of per_day, "
                       "per_month, per_quarter and per_year"},
    {"no_rate.yaml",
     "7:13: patients lacks a rate: one of per_day, per_month, per_quarter and per_year"},
    {"year_not_rising.yaml", "7:53: 2026 stands after 2027; years must rise"},
    {"months_11.yaml", "7:50: month has 11 factors; it must have 12"},
    {"after_without_year.yaml", "7:43: after starts behind the last year stated, but per_day "
                                "states no years: write it as {2026: ..}"},
    {"rate_negative.yaml", "7:40: per_day is -1; it must be at least 0"},
    {"to_unknown.yaml", "8:14: to[0] is ward_b; no regime, institution, unit or tag has this name; "
                        "did you mean 'ward_a'?"},
    {"to_no_unit.yaml", "8:13: to names no place with a unit; nobody could be placed by this rule"},
    {"to_missing.yaml", "8:8: all lacks the key to"},
    {"order_unknown.yaml",
     "8:28: order is longest_wait; it must be longest_waiting or longest_sentence"},
    {"order_sentence.yaml", "8:28: order is longest_sentence, but status patient has no sentence; "
                            "name only statuses with a sentence in who, or use longest_waiting"},
    {"same_name.yaml", "10:43: ward is the name of different places (a regime, an institution, a "
                       "unit, a tag); give them different names"},
    {"wait_for_ever.yaml",
     "10:3: no placement rule is for status guest; its people would wait for ever"},
    {"women_wait_for_ever.yaml", "10:12: no place of its rule is for status patient (with sex: "
                                 "woman); its people would wait for ever"},
    {"pools_129.yaml", "137:3: regimes, admits and the rules split the units into 129 pools; at "
                       "most 128 are allowed: name fewer units apart"},
    {"start_status.yaml",
     "10:5: old is not the name of a status, so the group must say its status"},
    {"start_status_named.yaml",
     "10:19: status is pasient; no status has this name; did you mean 'patient'?"},
    {"equilibrium_derived.yaml",
     "13:14: equilibrium of a sentence less remand needs a flow that leads to "
     "status "
     "patient; give elapsed as a shape, such as 90 days or {exponential: {mean: 90 days}}"},
    {"equilibrium_over.yaml", "12:14: nobody can be in status patient in equilibrium: none of "
                              "those who come there and may be here has anything left to serve"},
    {"persons_and_csv.yaml",
     "8:32: persons stands beside csv, whose rows say it\n"
     "9:28: csv names 'no_persons.csv', which cannot be read: No such file or directory"},
    {"persons_columns.yaml",
     "persons_columns.csv:1:8: sexe is not a known key; did you mean 'sex'?\n"
     "8:34: persons_columns.csv lacks the column since"},
    {"persons_rows.yaml",
     "persons_rows.csv:2:1: status is pasient; no status has this name; did you mean 'patient'?\n"
     "persons_rows.csv:3:9: unit is ward_c; no unit has this name; did you mean 'ward_a'?\n"
     "persons_rows.csv:4:10: since is 2026-01-02; it must not lie after the start, 2026-01-01\n"
     "persons_rows.csv:5:10: since is 1820-12-01; years run from 1900 to 2999\n"
     "persons_rows.csv:6:10: since is empty; it must be year-month-day, such as 2027-04-01\n"
     "persons_rows.csv:7:10: since is 1-12-2025; it must be year-month-day: 2025-12-01 if the day "
     "stands first here\n"
     "persons_rows.csv:8:21: sex is men; no value of sex has this name; did you mean 'man'?\n"
     "persons_rows.csv:9:1: the row gives kind but not sex, on which it depends\n"
     "persons_rows.csv:10:1: the row names no status, and its group neither has the name of one "
     "nor "
     "the key status\n"
     "persons_rows.csv:11:9: unit is ward_a, which does not admit this person\n"
     "persons_rows.csv:12:1: the row gives a sentence, but status patient has a stay\n"
     "persons_rows.csv:13:1: the row gives a stay, but status convict has a sentence\n"
     "persons_rows.csv:14:26: sentence is 0 days; it must lie between 1 minute and 200 years\n"
     "persons_rows.csv:15:1: the row gives a sentence, but status guest has no end of its own\n"
     "persons_rows.csv:17:9: unit is ward_a, which does not admit everybody; the row must give "
     "sex"},
    {"persons_waiting.yaml",
     "persons_waiting.csv:2:1: people of status patient never wait (waits: nowhere)\n"
     "persons_waiting.csv:3:1: people of status kept wait in the place that they keep; the row "
     "must "
     "name its unit\n"
     "persons_waiting.csv:4:15: people of status outside_still wait outside, so unit may not be "
     "given\n"
     "persons_waiting.csv:5:1: nobody of status free can wait: no place of a rule is for them"},
    {"persons_long_ago.yaml",
     "persons_long_ago.csv:2:9: since is 1900-01-01; it may lie at most 200 "
     "years before the start"},
    {"equilibrium_without_stay.yaml", "10:12: equilibrium needs a stay or a sentence, and status "
                                      "guest has none; give elapsed as a shape"},
    {"since_of_present.yaml",
     "10:27: since is not a known key; known here are status, persons, csv, elapsed, in"},
    {"waiting_nowhere.yaml", "10:14: people of status patient never wait (waits: nowhere)"},
    {"waiting_kept_place.yaml",
     "10:14: people of status patient wait in the place that they keep; say with in which places"},
    {"start_in_half_pool.yaml",
     "10:31: in names ward_a but not ward_b, and no placement rule tells these apart; name both"},
    {"start_section.yaml", "9:3: absent is not a known key; known here are present, waiting"},
    {"output_unknown.yaml",
     "8:25: daily[1] is statuss; no group has this name; did you mean 'status'?"},
    {"output_twice.yaml",
     "8:25: daily[1] is gender; no group has this name; known are total, status, regime\n"
     "8:33: daily[2] is gender; no group has this name; known are total, status, regime"},
    {"output_named_twice.yaml", "8:26: daily names status twice"},
    {"too_many_people.yaml",
     "6:8: the scenario needs room for 365229895 people (all who come); at most 268431360 fit: "
     "shorten the period or lower the flows"},
    {"eight_sections.yaml",
     "3:21: replications is 0; it must lie between 1 and 1000000\n"
     "2:34: end is 2026-01-01; it must not lie before start, 2026-12-31\n"
     "4:19: the shares of sex add up to 1.1; they must add up to 1\n"
     "5:28: turnover is 5; give a unit, as in 5 days\n"
     "6:40: places is 010; a leading zero reads as octal elsewhere: write 10\n"
     "7:36: clok is not a known key; did you mean 'clock'?\n"
     "8:28: status is patients; no status has this name; did you mean 'patient'?\n"
     "9:24: to[0] is word; no regime, institution, unit or tag has this name; did you mean "
     "'ward'?"},
    {"missing_key_misspelt.yaml", "5:12: regim is not a known key; did you mean 'regime'?"},
    {"rule_name.yaml", "8:3: For-all is no name; a name is small letters, digits and _, a letter "
                       "first: write for_all\n"
                       "8:18: to[0] is wart; no regime, institution, unit or tag has this name; "
                       "did you mean 'ward'?"},
    {"near_unknown.yaml", "13:27: near is hom; no attribute has this name; did you mean 'home'?\n"
                          "14:27: near is a list; it must be the name of an attribute"},
    {"near_nowhere.yaml", "13:33: no place of this rule lies in a region that is a value of home "
                          "(north, ..); give its units or institutions such a region"},
    {"at_form.yaml", "13:24: at is 120 days; write it as in 120 days before release"},
    {"at_unit.yaml", "13:24: at is 120 dags; did you mean '120 days'?"},
    {"after_and_at.yaml", "13:39: a rule has after or at, not both; write two rules"},
    {"after_nothing.yaml", "13:27: after is 0 days; it must lie between 1 minute and 200 years"},
    {"after_called_up.yaml", "13:61: after is for people who wait for a place, but those of status "
                             "caller wait to be called up; leave it out of who"},
    {"at_never.yaml", "13:46: nobody in who is released at the end of his status, so this date "
                      "never comes; name statuses with an end that leads to release"},
    {"after_alone.yaml", "13:3: low has a date and comes on top of a rule without one, but nobody "
                         "in its who has such a rule; leave out after, or add one"},
    {"start_near_name.yaml", "10:5: pateint is not the name of a status (did you mean 'patient'?), "
                             "so the group must say its status"},
    {"start_persons_missing.yaml", "10:14: patient lacks persons or csv"},
    {"start_elapsed_word.yaml", "10:36: elapsed is equilibrum; did you mean 'equilibrium'?"},
    {"then_unknown.yaml", "6:59: then is arrested; no status has this name; known are patient"},
    {"to_empty.yaml", "8:13: to names no place with a unit; nobody could be placed by this rule"},
    {"next_empty.yaml", "6:33: the shares of next add up to 0; they must add up to 1"},
    {"attribute_empty.yaml", "4:8: sex has 0 values; it must have 1 to 32"},
    {"value_note.yaml", "5:46: sourc is not a known key; did you mean 'source'?"},
    {"title_list.yaml", "8:8: title is a list; it must be a text"},
    {"period_text.yaml", "2:9: period is 2026; it must be a mapping of keys to values"},
    {"family_duration.yaml", "7:25: exponential is 5 days; it must be a mapping of keys to values"},
    {"bounds_far.yaml",
     "7:23: the bounds leave 4.1824e-199 of the shape; they must leave 0.000001 or more"},
    {"mean_0.yaml",
     "7:32: mean is 0; it must be above 0 and at most 105120000 minutes (200 years)"},
    {"chance_over_1.yaml", "7:44: steps[1][1] is 1.5; it must lie between 0 and 1"},
    {"step_every_0.yaml", "7:43: every is 0 days; it must lie between 1 minute and 200 years"},
    {"bounds_negative.yaml", "7:50: at_least is -1 days; it must lie between 0 days and 200 years"},
    {"notice_negative.yaml", "6:47: notice is -2 weeks; it must lie between 0 days and 200 years"},
    {"seed_elsewhere.yaml", "2:46: seed is not a known key; known here are start, end, warm_up"},
    {"comma_in_braces.yaml",
     "7:42: a comma ends the value of per_day, so that 5 is a key; decimals take a point: 1.5"},
    {"leaves_next_unknown.yaml",
     "6:86: next is arrested; no status has this name; known are patient, release"},
    {"leaves_next_missing.yaml", "6:65: lapsed lacks the key next"},
    {"leaves_rate_negative.yaml", "6:76: per_year is -1; it must lie between 0 and 525600"},
    {"leaves_rate_missing.yaml", "6:65: lapsed lacks the key per_year"},
    {"leaves_nowhere.yaml",
     "6:48: leaves is for people who wait, but those of patient are refused (in: nowhere)"},
    {"leaves_reserved.yaml", "6:57: further_title has a meaning of its own; choose another name"},
    {"leaves_name.yaml", "6:57: Lapsed is no name; a name is small letters, digits and _, a letter "
                         "first: write lapsed"},
    {"leaves_list.yaml", "6:56: leaves is a list; it must be a mapping of keys to values"},
    {"leaves_17.yaml", "6:608: r17 is one reason too many; at most 16 are allowed"},
    {"titles_chance.yaml", "6:52: chance is 1.4; it must lie between 0 and 1"},
    {"titles_from_unknown.yaml",
     "6:69: draws_from is self_reporter; no status has this name; known are patient"},
    {"titles_from_missing.yaml", "6:43: further_titles lacks the key draws_from"},
    {"titles_from_cell.yaml", "6:97: draws_from is patient, whose people do not wait outside; a "
                              "title is open only where they do"},
    {"titles_without_stay.yaml",
     "6:69: draws_from is guest, which has no stay or sentence that could be served"},
    {"intake_hours_backward.yaml",
     "3:34: hours runs from 18 to 8; the second must be above the first, within one day"},
    {"intake_hours_three.yaml", "3:34: hours has 3 numbers; it must have two, as in [8, 18]"},
    {"intake_hour_25.yaml", "3:38: hours[1] is 25; it must lie between 0 and 24"},
    {"intake_day.yaml", "3:34: days[0] is monday; it must be mon, tue, wed, thu, fri, sat or sun"},
    {"intake_day_twice.yaml", "3:44: days names mon twice"},
    {"intake_no_day.yaml", "3:33: days names no day; it must name at least one, as in [mon, tue]"},
    {"intake_per_day_0.yaml", "3:36: per_day is 0; it must lie between 1 and 1000000"},
    {"intake_empty.yaml", "3:18: intake says nothing; it must have days, per_day or another key"},
    {"intake_emergency.yaml",
     "3:64: intake is for institutions, but cell is for emergencies and takes people at any time"},
    {"intake_outside.yaml",
     "3:61: intake is for institutions, but tag is outside and takes people at any time"},
    {"intake_key.yaml", "3:27: hour is not a known key; did you mean 'hours'?"},
    {"transport_empty.yaml",
     "9:1: transport says nothing; it must have days, per_day or another key"},
    {"transport_day.yaml",
     "9:38: days[1] is friday; it must be mon, tue, wed, thu, fri, sat or sun"},
    {"transport_per_day.yaml", "9:22: per_day is 0.5; it must be a whole number such as 12"},
    {"transport_hours.yaml", "9:13: hours is not a known key; known here are per_day, days"},
    {"leaves_by.yaml", "7:76: per_year varies by sex but lacks woman; name them all or add else"},
    {"change_missing.yaml", "5:48: changes[0] lacks the key from"},
    {"change_no_why.yaml", "5:79: changes[1] takes places out of use, so it must say why: lost, "
                           "works, damage, reserve or staff"},
    {"change_why_built.yaml", "5:84: why stands beside places that are built on; it says why some "
                              "are out of use, with places below 0"},
    {"change_why_unknown.yaml", "5:84: why is work; did you mean 'works'?"},
    {"change_of_0.yaml", "5:75: places is 0; a change adds places, or takes some with -"},
    {"change_backward.yaml", "5:71: to is 2026-03-31; it must not lie before from, 2026-04-01"},
    {"change_words.yaml", "5:75: places is +-4; write -4\n"
                          "5:120: places is all; it must be a whole number such as 12"},
    {"changes_of_one.yaml", "5:47: changes is a mapping; it must be a list"},
    {"changes_build_much.yaml",
     "5:47: changes build ward_a up to 12000010 places; at most 10000000 are allowed"},
    {"on_shrink_unknown.yaml", "5:49: on_shrink is transfers; did you mean 'transfer'?"},
    {"drain_half_day.yaml", "5:45: drain is 36 hours; it must be whole days"},
    {"out_of_use_why.yaml",
     "5:58: why names repair; it can name lost, works, damage, reserve, staff"},
    {"out_of_use_why_near.yaml", "5:58: why names reserv; did you mean 'reserve'?"},
    {"over_no_row.yaml",
     "6:19: no row of the csv file is unit north.wards, so it must have regime and places; did "
     "you mean 'ward'?\n"
     "6:43: no row of the csv file is unit north.clinic, so it must have regime and places; "
     "known are ward, annex"},
    {"over_no_institution.yaml", "6:18: no row of the csv file is unit nort.ward, so it must have "
                                 "regime and places; did you mean 'north'?"},
    {"extends_near.yaml", "4:17: ward_b lacks the key regime; did you mean 'ward_a'?\n"
                          "4:38: ward_c lacks the key places; did you mean 'ward_a'?\n"
                          "3:18: patiens lacks the key status; did you mean 'patients'?\n"
                          "6:10: three lacks the key kind"},
    {"measure_who_beside.yaml", "4:65: status stands in who, as in who: {status: ..}\n"
                                "4:82: sex stands in who, as in who: {sex: ..}\n"
                                "4:92: sentence stands in who, as in who: {sentence: ..}\n"
                                "5:54: flow stands in who, as in who: {flow: ..}\n"
                                "6:70: who must be a mapping, such as {status: remand}\n"
                                "7:61: status is not a known key; did you mean 'starts'?"},
    {"measures_one.yaml", "3:11: measures stand by name, as in measures: {early: {kind: ..}}"},
    {"extends_comma.yaml",
     "4:42: a comma ends the value of places, so that 5 is a key; decimals take a point: 1.5\n"
     "3:31: a comma ends the value of per_day, so that 5 is a key; decimals take a point: 1.5"},
    {"comparison_record.yaml",
     "4:1: this is the record of a comparison; to run it again put what stands under a 'scenario' "
     "in a file of its own, in the folder from which it names csv files"},
    {"whole_days_key.yaml",
     "2:72: days is not a known key; known here are value, source, confidence"},
    {"run_record.yaml",
     "4:1: this is the record of a result; to run it again put what stands under 'scenario' in a "
     "file of its own, in the folder from which it names csv files"},
    {"extends_shapes.yaml",
     "4:20: exponential is no value of sex, by which stay varies in helper_varying.yaml; name its "
     "values, "
     "or put 'by: remove' and each value that stands there with 'remove' beside it\n"
     "5:18: exponential stands beside lognormal, which is in helper_varying.yaml; a shape has one "
     "family: "
     "put 'lognormal: remove' beside it"},
    {"extends_file_near.yaml", "2:10: extends names 'extends_itsef.yaml', which cannot be read: No "
                               "such file or directory; did "
                               "you mean 'extends_itself.yaml'?"},
    {"over_less.yaml", "6:39: out_of_use is 6, but north.annex has only 5 places\n"
                       "6:61: on_shrink is holds; did you mean 'hold'?"},
    {"uncertain_path.yaml", "9:24: flows has no patiens; did you mean 'patients'?"},
    {"uncertain_path_empty_step.yaml",
     "9:24: flows..per_day is no path; write it as flows.remand.per_year"},
    {"uncertain_path_below.yaml", "9:24: units.ward_a.places has no night"},
    {"uncertain_list.yaml", "9:24: placement.all.to has no 1"},
    {"uncertain_period.yaml", "9:24: period.end cannot be uncertain: days, replications and "
                              "columns are the same in all draws"},
    {"uncertain_text.yaml", "9:24: statuses.patient.waits.in is no number; give a path to a "
                            "number, a share, a duration or a shape"},
    {"uncertain_rest.yaml", "9:24: attributes.sex.woman is nothing to scale; give a path to a "
                            "number, a share, a duration or a shape"},
    {"uncertain_section.yaml", "9:24: flows.patients is nothing to scale; give a path to a number, "
                               "a share, a duration or a shape"},
    {"uncertain_shape.yaml", "9:24: statuses.patient.stay is no single value; scale it, as in "
                             "{scale: {pert: ..}}, or name one of its numbers"},
    {"uncertain_overlap.yaml", "12:5: statuses.patient.stay.lognormal.mean and "
                               "statuses.patient.stay are of one value; only one can be drawn"},
    {"uncertain_share.yaml",
     "9:24: the greatest factor that can be drawn, 1.2, is not allowed: man is 1.08; it must lie "
     "between 0 and 1; narrow the shape or give it bounds, at_least and at_most"},
    {"uncertain_unbounded.yaml", "9:24: the greatest factor that can be drawn, 1.153333939, is not "
                                 "allowed: man is 1.038000545; it must lie between 0 and 1; narrow "
                                 "the shape or give it bounds, at_least and at_most"},
    {"uncertain_least.yaml", "9:24: the least value that can be drawn, 0 minutes, is not allowed: "
                             "mean is 0; it must be above 0 and at most 105120000 minutes (200 "
                             "years); narrow the shape or give it bounds, at_least and at_most"},
    {"uncertain_columns.yaml",
     "8:24: the least value that can be drawn, 0, is not allowed: the results would have other "
     "columns, as where that is left out; narrow the shape or give it bounds, at_least and "
     "at_most"},
    {"uncertain_fixed.yaml", "9:24: the least value that can be drawn, 104000000, is not allowed: "
                             "places is 104000000; it must lie between 0 and 10000000"},
    {"uncertain_unit.yaml", "9:79: from is 8; give a unit, as in 8 days\n"
                            "9:86: to is 9; give a unit, as in 9 days"},
    {"uncertain_unit_too_much.yaml", "9:65: from is 1 day; it must be a number such as 12.5\n"
                                     "9:76: to is 2 days; it must be a number such as 12.5"},
    {"uncertain_factor_unit.yaml", "9:55: scale is 2 days; it must be a number such as 12.5"},
    {"uncertain_nothing.yaml",
     "9:23: inputs names nothing; give a path to a number, a share, a duration or a shape"},
    {"uncertain_without_inputs.yaml", "9:14: uncertainty lacks the key inputs"},
    {"uncertain_per_draw.yaml", "9:25: per_draw is 0; it must lie between 1 and 1000000"},
    {"uncertain_replications.yaml",
     "9:21: replications is 25; it must be a multiple of per_draw, 10"},
    {"uncertain_replications_default.yaml",
     "9:14: replications is 100; it must be a multiple of per_draw, 30"},
    {"uncertain_key.yaml", "9:15: per_drow is not a known key; did you mean 'per_draw'?"},
    {"shape_scale_zero.yaml", "6:65: scale is 0; it must lie between 1e-06 and 1000000"},
    {"shape_scale_alone.yaml",
     "6:28: stay has no family beside its scale, as in {exponential: {mean: ..}}"},
    {"shape_scale_far.yaml", "6:36: the value would be 106171200; it must be at most 105120000"},
    {"shape_scale_unit.yaml", "6:52: scale is 2 days; it must be a number such as 12.5"},
    {"stand_in_unknown.yaml",
     "8:28: stand_in[0][1] is lodges; no regime has this name; did you mean 'lodge'?"},
    {"stand_in_twice.yaml", "8:37: stand_in names ward twice"},
    {"stand_in_cell.yaml", "8:28: stand_in names cell, which is unlimited, emergency or outside: "
                           "it has no usable places to run short of"},
    {"stand_in_flat.yaml", "8:21: stand_in[0] is ward; it must be a list: write [ward]"},
    {"stand_in_empty.yaml", "8:21: stand_in[0] must name at least one regime"},
    {"month_end_daily.yaml", "8:35: month_end names sex, which has a row every day"},
    {"month_end_unknown.yaml",
     "8:22: month_end[0] is units; no group has this name; did you mean 'unit'?"},
    {"month_end_twice.yaml", "8:28: month_end names unit twice"},
    {"daily_mean_unknown.yaml",
     "8:23: daily_mean[0] is sexes; no group has this name; did you mean 'sex'?"},
    {"code_black_bare.yaml", "8:22: code_black lacks the key occupancy"},
    {"code_black_share.yaml",
     "8:45: at_least is 99.5; it must lie between 0 and 1; 99.5 % is 0.995"},
    {"code_black_nobody.yaml", "8:55: no unit of the groups of stand_in admits anybody of these"},
    {"code_black_no_places.yaml",
     "6:22: no unit of the groups of stand_in admits anybody of these"},
    {"shortages_list.yaml", "8:21: shortages is a list; it must be a mapping of keys to values"},
    {"shortages_long.yaml",
     "8:35: catching_up is 101 years; it must lie between 1 day and 100 years"},
    {"shortages_units.yaml", "8:49: catching_up is 2; give a unit, as in 2 days"},
    {"shortages_word.yaml",
     "8:36: catch_up is not a known key; known here are normal, catching_up"},
    {"staff_below_zero.yaml", "9:22: fte is -6; it must be at least 0"},
    {"staff_both.yaml",
     "9:25: fte_per_place_at_start stands beside fte; only one of them can hold"},
    {"staff_institution.yaml", "9:9: there is no institution nort; did you mean 'north'?"},
    {"staff_institution_far.yaml",
     "9:9: there is no institution x; staff has institutions by name, default, closes_first, "
     "cost_per_fte and agency_cost_per_fte"},
    {"staff_list.yaml", "9:8: staff is a list; it must be a mapping of keys to values"},
    {"staff_months.yaml", "9:37: hire_takes is 100 days; it must be whole months, as 8 months"},
    {"staff_norm_high.yaml", "3:35: staff_per_place is 2000; it must lie between 0 and 1000"},
    {"staff_norm_missing.yaml",
     "9:9: north has staff, but no regime of its units has staff_per_place or staff_per_ward"},
    {"staff_order.yaml", "9:49: closes_first[1] is wards; no regime has this name; did you mean "
                         "'ward'?\n9:56: ward stands twice in closes_first"},
    {"staff_share.yaml", "9:31: sick_share is 1.4; it must lie between 0 and 1\n9:64: 2026 stands "
                         "after 2027; years must rise"},
    {"staff_ward_zero.yaml", "4:68: ward is 0; it must lie between 1 and 10000000"},
    {"shock_alone.yaml",
     "9:33: persons stands without flow, which says what they come as\n9:47: other does nothing; "
     "it must have units or persons\n9:71: flow stands without persons, which says how many\n9:87: "
     "lasts stands without units, whose places are lost"},
    {"shock_date.yaml",
     "9:21: on is 2027-03-01; it must lie in the period, from 2026-01-01 to 2026-12-31"},
    {"shock_flow.yaml", "9:52: flow is patient; no flow has this name; did you mean 'patients'?"},
    {"shock_two.yaml", "8:45: flow is patient; no flow has this name; did you mean 'patients'?\n"
                       "9:46: flow is people; no flow has this name; known are patients"},
    {"shock_lasts.yaml", "9:42: persons is 0; it must lie between 1 and 100000\n"
                         "9:73: lasts is 30 hours; it must be whole days\n"
                         "9:62: north.a is 0; it must lie between 1 and 10000000"},
    {"shock_no_units.yaml", "9:40: units is an empty list; name at least one unit, or leave the "
                            "key out: no places are lost\n"
                            "9:76: units is an empty mapping; name at least one unit, or leave the "
                            "key out: no places are lost\n"
                            "9:96: night does nothing; it must have units or persons"},
    {"shock_wrong_of_three.yaml",
     "9:48: there is no unit north; did you mean 'north.a'?\n9:108: flood lacks the key on"},
    {"cost_per_day_high.yaml", "3:60: built is 10001; it must lie between 0 and 10000\n"
                               "3:93: 2027 is -1; it must be at least 0\n"
                               "9:40: cost_per_fte is 1000001; it must lie between 0 and 1000000"},
    {"staff_uncertain.yaml",
     "10:24: the greatest factor that can be drawn, 3, is not allowed: sick_share is 1.5; it must "
     "lie between 0 and 1; narrow the shape or give it bounds, at_least and at_most"},
    {"uncertain_dot_misses.yaml",
     "10:24: works.projects.roof.units has no north; did you mean 'north.a'?"},
    {"shock_nothing.yaml", "9:10: fire does nothing; it must have units or persons"},
    {"shock_twice.yaml", "9:50: unit north.a stands twice in this shock"},
    {"shock_unit.yaml", "9:41: there is no unit north.b; did you mean 'north.a'?"},
    {"shock_unlimited.yaml", "9:41: unit cell has no places that can be lost"},
    {"valve_alone.yaml",
     "12:38: who stands without release_early\n12:55: sentence stands without "
     "release_early\n12:84: share stands without release_early\n12:96: as_needed stands without "
     "release_early\n12:113: at_most stands without release_early"},
    {"valve_order.yaml",
     "14:37: patient is not called up, so there is no order in which it is\n15:36: reporter stands "
     "in one queue with other, which has one order; name both\n16:37: endless has no sentence or "
     "stay, so none is the longest\n17:78: reporter stands in call_longest_sentence too\n17:78: "
     "other stands in call_longest_sentence too"},
    {"valve_arrests.yaml",
     "14:37: leaves is arrests; no reason of leaves has this name; did you mean "
     "'arrested'?\n15:52: who names nobody who can leave a queue for the reason arrested\n16:85: "
     "at_most must not be below at_least\n17:28: stop_arrests lacks the key leaves"},
    {"valve_arrests_keys.yaml",
     "14:47: whom is not a known key; did you mean 'who'?\n14:72: share is 2; it must lie between "
     "0 and 1; 2 % is 0.02\n15:28: stop_arrests is a list; it must be a mapping of keys to values"},
    {"valve_rules.yaml",
     "11:31: out_of_category is booth; no placement rule has this name; did you mean "
     "'both'?\n12:32: both has no places in out_of_category that are not in its to as well\n12:38: "
     "late holds from a date of the person on, or in a crisis; only rules without after, at "
     "and during can be opened\n13:31: out_of_category is an empty list; name at least one "
     "placement rule"},
    {"valve_double.yaml",
     "9:26: double_use is wards; no regime has this name; did you mean 'ward'?\n10:26: wing has no "
     "cells that people share: two_in_a_cell, and a unit with for_two\n10:26: low has no cells "
     "that people share: two_in_a_cell, and a unit with for_two\n11:26: double_use is an empty "
     "list; name at least one regime"},
    {"valve_cells.yaml",
     "12:79: v looks at no usable place of a unit that admits anybody of these"},
    {"valve_dates.yaml", "12:29: to is 2026-04-30; it must not lie before from"},
    {"valve_days.yaml",
     "12:90: mean_over is 36 hours; it must be whole days\n"
     "12:122: release_early is 36 hours; it must be whole days\n"
     "13:48: release_early is 12 hours; it must lie between 1 day and 200 years\n"
     "13:7: mean_over stands without opens"},
    {"valve_half.yaml", "12:7: opens stands without closes, below what it closes again\n13:7: "
                        "closes stands without opens"},
    {"valve_key.yaml",
     "12:7: open is not a known key; did you mean 'opens'?\n12:53: share is 1.5; it must lie "
     "between 0 and 1\n12:69: as_needed is yes; it must be false or true"},
    {"valve_not_lower.yaml", "12:56: closes must be lower than opens, or the valve would open and "
                             "close at every review\n13:53: closes must be lower than opens, or "
                             "the valve would open and close at every review"},
    {"valve_nothing.yaml", "12:7: does does nothing; it must have release_early, stop_calling, "
                           "call_longest_sentence, call_longest_waiting, out_of_category, "
                           "double_use or stop_arrests\n13:6: w lacks the key does"},
    {"valve_of.yaml",
     "12:7: of stands without occupancy or waiting in opens\n13:75: of names an attribute; people "
     "who wait are told apart by status only\n14:81: regimes stands without occupancy in opens"},
    {"valve_of_nobody.yaml",
     "12:79: v looks at no usable place of a unit that admits anybody of these"},
    {"valve_other_gauge.yaml",
     "12:53: closes looks at waiting, but opens at occupancy; both must look at the same\n13:7: "
     "opens must hold one of occupancy, waiting and police_cells\n13:68: closes must hold one of "
     "occupancy, waiting and police_cells"},
    {"valve_regime.yaml",
     "12:89: regimes[0] is wards; no regime has this name; did you mean 'ward'?"},
    {"valve_review.yaml",
     "12:15: review is weakly; it must be weekly, monthly or a number of days, as 14 days\n"
     "13:15: review is 36 hours; it must be whole days\n"
     "14:15: review is 0 days; it must lie between 1 day and 200 years"},
    {"valve_sentence.yaml", "12:75: at_most must not be below at_least"},
    {"valve_status.yaml", "12:28: stop_calling is reporters; no status has this name; did you mean "
                          "'reporter'?\n13:28: patient is not called up, so calling it cannot "
                          "stop\n14:28: stop_calling is an empty list; name at least one status"},
    {"ladder_valve_last.yaml",
     "5:79: at_limit must end with one that cannot fail: over_capacity, sent_home or stay"},
    {"ladder_valve_twice.yaml", "5:104: valve stands twice"},
    {"two_for_two_many.yaml",
     "4:53: for_two is 6, but ward_a has only 10 places; each cell for two has two of them"},
    {"two_for_two_below.yaml", "4:53: for_two is -1; it must lie between 0 and 10000000"},
    {"two_csv.yaml",
     "two.csv:3:15: for_two is 6, but south has only 11 places; each cell for two has two of them"},
    {"two_to_before_from.yaml", "3:56: to is 2026-02-28; it must not lie before from, 2026-03-01"},
    {"two_date.yaml", "3:40: from is 2026-02-30; February has at most 29 days"},
    {"two_emergency.yaml",
     "3:45: two_in_a_cell is for cells with second places, but cell is for emergencies"},
    {"two_outside.yaml", "3:42: two_in_a_cell is for cells with second places, but tag is outside"},
    {"two_unlimited.yaml",
     "3:47: two_in_a_cell is for cells with second places, but hall is without limit"},
    {"two_who_value.yaml",
     "4:53: shares_cell is fits; no value of shares_cell has this name; did you mean 'fit'?"},
    {"two_who_key.yaml", "4:40: share_cell is not a known key; did you mean 'shares_cell'?"},
    {"two_who_status.yaml",
     "3:48: status is patients; no status has this name; did you mean 'patient'?"},
    {"two_key.yaml", "3:34: until is not a known key; known here are who, from, to"},
    {"two_true.yaml", "3:33: two_in_a_cell is true; it must be a mapping of keys to values"},
    {"works_adds_there.yaml",
     "7:34: boat.deck is added by a project and has its places from the end of it on; out_of_use "
     "and changes are for units that stand\n"
     "8:25: quay lacks the key units\n"
     "6:34: unit east.old stands twice; it stands at works_adds_there.yaml:3:31 too"},
    {"works_adds_csv.yaml", "3:34: csv cannot stand here; write out the units that are added"},
    {"works_after_itself.yaml", "5:19: after goes round in a circle: roof, roof"},
    {"works_after_unknown.yaml",
     "3:35: after[0] is rooof; no project has this name; did you mean 'roof'?"},
    {"works_budget_negative.yaml", "3:43: 2027 is -1; it must be at least 0"},
    {"works_budget_years.yaml", "3:37: 2026 stands after 2027; years must rise"},
    {"works_circle.yaml", "5:19: after goes round in a circle: roof, wall, floor, roof"},
    {"works_circle_inner.yaml", "6:19: after goes round in a circle: wall, floor, wall"},
    {"works_converts_nobody.yaml",
     "6:24: 4 places of ward_a become ward_a_as_change, but no rule lets anybody in: see its "
     "regime and admits\n"
     "7:18: boat.deck is added, but no rule lets anybody in: see its regime and admits"},
    {"works_converts_short.yaml",
     "6:46: regime is wart; no regime has this name; did you mean 'ward'?\n"
     "5:33: ward_a lacks the key to\n"
     "6:32: ward_a lacks the key places\n"
     "7:31: ward_a is 4; it must be a mapping of keys to values"},
    {"works_converts_too_many.yaml",
     "6:23: 12 places of ward_a are converted in all, but it has 10"},
    {"works_cost.yaml", "3:42: cost_per_year is 45 million; write 45000000\n"
                        "3:63: one_off is -3; it must be at least 0"},
    {"works_decants_to_itself.yaml",
     "3:56: decants_to names ward_b, whose own places the project takes out"},
    {"works_hours.yaml", "3:44: planned is 36 hours; it must be whole days"},
    {"works_keys_alone.yaml", "5:12: stays says nothing without adds\n"
                              "5:28: notice says nothing without opens\n"
                              "5:45: moves_before says nothing without decants_to\n"
                              "5:67: lost_without says nothing without units or lost_places\n"
                              "6:12: lost_places says nothing without lost_without"},
    {"works_list.yaml", "3:19: projects is a list; it must be a mapping of keys to values"},
    {"works_name_taken.yaml", "4:40: there is a unit ward_a_as_change already; rename the project"},
    {"works_no_reserve.yaml", "5:41: decants_to names 3 places of ward_b, which has 2 in reserve\n"
                              "6:19: opens names 1 place of ward_a, which has 0 in reserve"},
    {"works_part_of_nothing.yaml", "3:43: ward_a is 0; it must lie between 1 and 10000000"},
    {"works_priority.yaml", "3:37: priority is 0; it must lie between 1 and 1000000"},
    {"works_room_negative.yaml",
     "3:29: places_out_at_most is -1; it must lie between 0 and 10000000"},
    {"works_same_ward.yaml", "6:19: roof and wall are planned at the same time and take 11 places "
                             "of ward_a, which has 10; one must come after the other"},
    {"works_slip_number.yaml", "3:62: slip is 90; give a unit, as in 90 days"},
    {"works_too_many_places.yaml", "3:34: units names 11 places of ward_a, which has 10\n"
                                   "3:87: lost_places names 12 places of ward_a, which has 10"},
    {"works_twice.yaml", "3:43: unit ward_a stands twice here"},
    {"works_unit_unknown.yaml",
     "5:20: units[0] is ward_b; no unit has this name; did you mean 'ward_a'?\n"
     "6:20: there is no unit ward_c; did you mean 'ward_a'?\n"
     "6:45: there is no unit east; known are ward_a"},
    {"works_unknown_key.yaml", "3:9: budget is not a known key; known here are budget_per_year, "
                               "places_out_at_most, projects"},
    {"works_unlimited.yaml",
     "4:35: cell has places without limit; works are for units that have a number"},
    {"cost_below_zero.yaml", "3:40: built is -140; it must be at least 0"},
    {"cost_key.yaml", "3:33: build is not a known key; did you mean 'built'?\n9:9: price is not a "
                      "known key; known here are price_year, compare"},
    {"cost_list.yaml", "3:32: cost_per_day is a list; it must be a mapping of keys to "
                       "values\n9:18: compare is a list; it must be a mapping of keys to values"},
    {"cost_nothing.yaml", "9:9: compare has nothing to compare with: no cost_per_day, "
                          "cost_per_fte, cost_per_year, one_off or cost is stated"},
    {"cost_number.yaml", "3:40: built is 140 euros; write 140\n3:62: "
                         "26 is no year; it must be one from 1900 to 2999"},
    {"cost_unlimited.yaml",
     "3:108: built is the cost of a place, but cell has places: unlimited; give occupied"},
    {"cost_year.yaml",
     "9:21: price_year is 26; it must lie between 1900 and 2999\n9:35: Promise 1 is no name; a "
     "name is small letters, digits and _, a letter first: write promise_1"},
    {"measure_adds.yaml",
     "10:67: adds stands without ends; the people come between both\n"
     "11:65: adds is for one flow; name it in who, such as who: {flow: remand}\n"
     "12:89: adds is for one flow; name it in who, such as who: {flow: remand}\n"
     "13:85: adds is 1000001; it must lie between 0 and 1000000\n"
     "14:85: adds is 9.5; it must be a whole number such as 12"},
    {"measure_adds_rate.yaml",
     "10:3: with measures theft comes to 2000000.1 people a day; at most 1000000 are allowed"},
    {"measure_bounds.yaml", "10:100: at_least is above at_most, so that no sentence matches\n"
                            "11:90: below is not a known key; known here are at_least, at_most"},
    {"measure_by.yaml", "10:3: m lacks by or in: how the sentence is served instead\n"
                        "11:73: in stands beside by; who is in a regime does not leave\n"
                        "12:67: by is Community Service; a name is small letters, digits and _, a "
                        "letter first: write community_service"},
    {"measure_chance.yaml", "10:60: chance is 1.2; it must lie between 0 and 1\n"
                            "11:60: chance is 60 %; write 0.6\n"
                            "12:81: chance is likely; it must be a share such as 0.4 or 1/3"},
    {"measure_conditional_release.yaml",
     "11:6: m lacks the key conditional\n"
     "12:83: conditional[1] is never reached: the row before it has no up_to and fits any "
     "sentence\n"
     "13:93: granted is 1.5; it must lie between 0 and 1\n"
     "14:42: starts is 2025-12-31, before the period; write the table in the status\n"
     "15:98: status takes in remand, which has no sentence of which a part could be remitted\n"
     "16:105: ends stands beside applies_to: present; the rule after it is another measure\n"
     "17:111: ramp stands beside applies_to: present; a share that grows is one of entrants\n"
     "18:84: lengthens stands without applies_to: present; who was there before has the old rule\n"
     "19:96: applies_to is starters; it must be entrants or present\n"
     "20:116: lengthens is maybe; it must be false or true\n"
     "21:42: starts is 2025-11-01, before the period; write the table in the status\n"
     "22:65: lengthens is no key of kind: early_release; known here are kind, starts, ends, ramp, "
     "emergency, chance, who, earlier, part, at_most, share, applies_to, cost"},
    {"measure_cost.yaml", "10:92: per_person is -9; it must be at least 0\n"
                          "11:79: cost is 900; it must be a mapping of keys to values"},
    {"measure_early_release.yaml",
     "10:3: m lacks earlier or part\n"
     "11:65: part stands beside earlier; give one of them\n"
     "12:65: at_most stands without part\n"
     "13:73: status takes in remand, which has no sentence of which it could be a part\n"
     "14:79: status takes in lifer, which has no planned end\n"
     "15:92: ramp stands beside applies_to: present; a share that grows is one of entrants\n"
     "16:77: applies_to is everyone; it must be entrants or present\n"
     "17:54: part is 1.5; it must lie between 0 and 1\n"
     "18:65: in is no key of kind: early_release; known here are kind, starts, ends, ramp, "
     "emergency, chance, who, earlier, part, at_most, share, applies_to, cost"},
    {"measure_emergency.yaml",
     "9:63: emergency is yes; it must be false or true\n10:52: emergencies is not a known key; "
     "known here are kind, starts, ends, ramp, emergency, chance, who, factor, adds, lag"},
    {"measure_ends.yaml", "10:47: ends is 2026-02-28; it must not lie before starts, 2026-03-01"},
    {"measure_factor.yaml", "10:3: m lacks factor or adds\n"
                            "11:49: factor is -0.5; it must lie between 0 and 100\n"
                            "12:49: factor is 4 %; write 0.04, or 1.04 for 4 % more\n"
                            "13:49: factor is -4 %; write 0.96\n"
                            "14:49: factor is +4.5%; write 1.045\n"
                            "15:49: factor is -400 %; it must be a number such as 12.5"},
    {"measure_factor_much.yaml", "10:69: factor is 100.5; it must lie between 0 and 100"},
    {"measure_fails.yaml",
     "10:80: fails lacks the key after\n"
     "10:80: fails lacks the key as\n"
     "11:100: after is 3; give a unit, as in 3 days\n"
     "11:107: as is arested; no status has this name; did you mean 'arrested'?"},
    {"measure_fails_again.yaml", "10:136: as is arrested, from which people come to convict; there "
                                 "they would be replaced and fail again and again"},
    {"measure_fails_as.yaml",
     "10:112: as is arested; no status has this name; did you mean 'arrested'?"},
    {"measure_flow.yaml",
     "10:64: flow is remanded; no flow has this name; did you mean 'remand'?\n"
     "11:72: flow[1] is murder; no flow has this name; known are remand, theft\n"
     "12:64: flow is a mapping; it must be {not: ..}, a name or a list\n"
     "13:64: flow is an empty list; name at least one flow"},
    {"measure_hearings.yaml",
     "11:3: m lacks factor, earlier or chance_factor\n"
     "12:52: earlier is -3 days; it must lie between 0 days and 200 years\n"
     "13:74: status takes in convict, which has no stay that a hearing could end\n"
     "14:51: factor is fast; it must be a number such as 0.95 or 2/3\n"
     "15:60: offence_delay is no key of kind: hearings; known here are kind, starts, ends, ramp, "
     "emergency, chance, who, earlier, factor, not_before, chance_factor, share, applies_to, cost\n"
     "15:83: minimum is no key of kind: hearings; known here are kind, starts, ends, ramp, "
     "emergency, chance, who, earlier, factor, not_before, chance_factor, share, applies_to, cost\n"
     "16:58: chance_factor is for stays by steps; that of remand is not\n"
     "17:58: chance_factor is -1; it must lie between 0 and 100\n"
     "17:58: chance_factor is for stays by steps; that of remand is not\n"
     "18:87: ramp stands beside applies_to: present; a share that grows is one of entrants\n"
     "19:31: starts is 2025-12-31, before the period; who is present at the start is as start has "
     "it\n"
     "19:81: chance_factor stands beside applies_to: present; hearings held before had the old "
     "chances\n"
     "19:96: chance_factor is for stays by steps; that of remand is not\n"
     "20:72: applies_to is prisoners; it must be entrants or present"},
    {"measure_in.yaml",
     "10:67: in is ward; it must be a regime that is outside, with places: unlimited\n"
     "11:67: in is ankles; no regime has this name; did you mean 'ankle'?"},
    {"measure_instead_of_remand.yaml",
     "11:89: status takes in convict, which has no stay of its own; a sentence is replaced by "
     "replace_sentence\n"
     "12:56: in is ward; it must be a regime that is outside, with places: unlimited\n"
     "13:6: o lacks the key share\n"
     "14:75: at_most is no key of kind: instead_of_remand; known here are kind, starts, ends, "
     "ramp, emergency, chance, who, share, in, applies_to, fails, cost\n"
     "15:90: share is 2; it must lie between 0 and 1; 2 % is 0.02\n"
     "16:102: ramp stands beside applies_to: present; a share that grows is one of entrants\n"
     "17:40: starts is 2025-12-31, before the period; who is present at the start is as start has "
     "it\n"
     "18:87: applies_to is resident; it must be entrants or present"},
    {"measure_kind_others.yaml",
     "10:25: kind is inflw; did you mean 'inflow'?\n"
     "11:18: kind is place; did you mean 'places'?\n"
     "12:118: confidence is sure; it must be stated, derived, calibrated or assumed\n"
     "12:17: kind is clearing; it must be inflow, replace_sentence, sentence_length, hearings, "
     "routes, places, call_up, works_budget, staffing, early_release, suspension, "
     "last_part_outside, instead_of_remand, conditional_release, returns, convert, quotas or "
     "placement\n"
     "12:35: starts is 2026-02-30; February has at most 29 days\n"
     "12:53: ends is 1-3-2026; it must be year-month-day: 2026-03-01 if the day stands first here\n"
     "12:69: ramp is 9 dys; did you mean '9 days'?\n"
     "12:87: emergency is yes; it must be false or true\n"
     "12:100: chance is 40 %; write 0.4\n"
     "13:17: kind is a list; it must be one word\n"
     "13:77: applies_to is all; it must be entrants or present\n"
     "13:97: offence_delay is 9 dys; did you mean '9 days'?\n"
     "13:109: lag is x; it must be a number and a unit, such as 14 days or 1.5 years\n"
     "13:53: ends is 2026-01-01; it must not lie before starts, 2026-02-01\n"
     "14:8: who lacks the key kind\n"
     "14:58: status is convikt; no status has this name; did you mean 'convict'?\n"
     "14:72: sex is men; no value of sex has this name; did you mean 'man'?\n"
     "14:77: age is not a known key; known here are status, flow, sex\n"
     "14:42: flow[0] is remnd; no flow has this name; did you mean 'remand'?\n"
     "15:11: serves lacks the key kind\n"
     "15:84: flw is not a known key; known here are status, sentence, sex\n"
     "15:59: at_least is 9 dys; did you mean '9 days'?\n"
     "16:11: bounds lacks the key kind\n"
     "16:59: at_least is above at_most, so that no sentence matches\n"
     "17:42: colour is a key of no kind of measure\n"
     "17:55: sex stands in who, as in who: {sex: ..}\n"
     "17:10: knd is not a known key; did you mean 'kind'?\n"
     "17:23: start is not a known key; did you mean 'starts'?\n"
     "17:65: facter is not a known key; did you mean 'factor'?\n"
     "18:16: kind is inflw; did you mean 'inflow'?\n"
     "18:9: whom lacks the key starts\n"
     "18:28: who must be a mapping, such as {status: remand}"},
    {"measure_kind.yaml", "10:13: kind is inflows; did you mean 'inflow'?"},
    {"measure_lag.yaml",
     "10:57: lag is 90; give a unit, as in 90 days\n"
     "11:72: median is not a known key; did you mean 'mean'?\n"
     "12:73: lag is no key of kind: replace_sentence; known here are kind, starts, ends, ramp, "
     "emergency, chance, who, share, by, in, fails, cost, offence_delay"},
    {"measure_last_part_outside.yaml",
     "10:3: m lacks last or part\n"
     "11:6: k lacks the key in\n"
     "12:70: in is ward; it must be a regime that is outside, with places: unlimited\n"
     "13:58: last is 0 days; it must lie between 1 minute and 200 years\n"
     "14:84: fails lacks the key as\n"
     "15:66: part stands beside last; give one of them"},
    {"measure_convert.yaml",
     "12:81: regime is prisn; no regime has this name; did you mean 'prison'?\n"
     "13:81: regime is ankle, which has places: unlimited and can have no units of its own\n"
     "8:6: a lacks the key converts\n"
     "9:53: there is no unit x; known are w, w_as_c, w_as_e, w_as_f, w_as_h, w_as_i, w_as_k, "
     "w_as_l, w_as_m, ankle\n"
     "10:65: places is 0; it must lie between 1 and 10000000\n"
     "11:56: w lacks the key to\n"
     "14:53: ankle has places without limit; none of them can be converted\n"
     "15:67: takes is 29 days, but the measure is over by then: nothing would ever be converted\n"
     "16:49: takes is 30 hours; it must be whole days\n"
     "17:72: to is prison; it must be a mapping of keys to values\n"
     "18:92: why is no key of kind: convert; known here are kind, starts, ends, ramp, emergency, "
     "chance, converts, takes, cost\n"
     "19:110: per_place is -1; it must be at least 0\n"
     "20:48: ends is 2026-01-31; it must not lie before starts, 2026-02-01"},
    {"measure_convert_many.yaml", "10:52: 10 places of w are converted in all, but it has 9"},
    {"measure_convert_nobody.yaml",
     "8:52: 4 places of w become w_as_a, but no rule lets anybody in: see its regime and admits"},
    {"measure_convert_name.yaml",
     "11:56: there is a unit north.a_as_move already; rename the measure\n"
     "10:57: there is a unit w_as_shift already; rename the measure"},
    {"measure_quotas.yaml",
     "8:3: a lacks transport_per_day or intake_per_day\n"
     "9:41: people are brought at any time; give the scenario the section transport, whose number "
     "this changes\n"
     "10:58: ward takes people in at any time; give the regime the key intake, whose number this "
     "changes\n"
     "11:58: there is no regime huose; did you mean 'house'?\n"
     "12:65: house is -1; it must lie between 0 and 1000000\n"
     "13:65: house is unlimted; it must be a whole number such as 12, or unlimited\n"
     "14:57: intake_per_day is 5; it must be a mapping of keys to values\n"
     "15:65: house is 1000001; it must lie between 0 and 1000000\n"
     "16:69: ramp stands in a measure that is whole from its first day, of kind: quotas\n"
     "17:69: share is no key of kind: quotas; known here are kind, starts, ends, ramp, emergency, "
     "chance, transport_per_day, intake_per_day"},
    {"measure_quotas_transport.yaml",
     "9:60: transport_per_day is 2.5; it must be a whole number such as 12\n"
     "10:60: transport_per_day is a list; it must be a whole number such as 12"},
    {"measure_placement.yaml",
     "11:6: a lacks the key rule\n"
     "12:3: b lacks before, order, also or without\n"
     "14:66: order is shortest_sentence; it must be longest_waiting or longest_sentence\n"
     "15:73: ramp stands in a measure that is whole from its first day, of kind: placement\n"
     "16:73: who is no key of kind: placement; known here are kind, starts, ends, ramp, emergency, "
     "chance, rule, before, order, also, without\n"
     "13:50: rule is convicts; no placement rule has this name; did you mean 'convict'?"},
    {"measure_placement_rules.yaml",
     "11:50: rule is convicts; no placement rule has this name; did you mean 'convict'?\n"
     "12:50: rule late has a date (after, at, during); measures change rules without one\n"
     "13:67: before is convict, the rule itself\n"
     "14:67: before is hold; no placement rule has this name; did you mean 'held'?\n"
     "15:66: also[0] is wart; no regime, institution, unit or tag has this name; did you mean "
     "'ward'?\n"
     "16:65: also is low; it must be a list: write [low]\n"
     "17:63: order is longest_sentence, but status held has no sentence; name only statuses with a "
     "sentence in who, or use longest_waiting\n"
     "18:66: without[0] is wards; no regime, institution, unit or tag has this name; did you mean "
     "'ward'?"},
    {"measure_placement_bills.yaml",
     "14:50: more than 6 measures with a chance act on rule convict at one time"},
    {"measure_placement_without.yaml",
     "8:66: without names w, which is no entry of to of held; it has ward, house\n"
     "9:72: without names low, which is no entry of to of held; it has ward, house"},
    {"measure_placement_nobody.yaml", "11:65: without leaves rule held no place for status held\n"
                                      "12:62: also gives status free places, which has none by "
                                      "rule free: its people are free where they are"},
    {"measure_name.yaml", "10:3: Police 1 is no name; a name is small letters, digits and _, a "
                          "letter first: write police_1"},
    {"measure_no_kind.yaml", "10:6: m lacks the key kind"},
    {"measure_no_sentence.yaml",
     "10:87: status takes in remand, which has no sentence that could be replaced"},
    {"measure_other_keys.yaml",
     "10:52: share is no key of kind: inflow; known here are kind, starts, ends, ramp, emergency, "
     "chance, who, factor, adds, lag\n"
     "10:64: by is no key of kind: inflow; known here are kind, starts, ends, ramp, emergency, "
     "chance, who, factor, adds, lag\n"
     "10:74: cost is no key of kind: inflow; known here are kind, starts, ends, ramp, emergency, "
     "chance, who, factor, adds, lag\n"
     "11:73: factor is no key of kind: replace_sentence; known here are kind, starts, ends, ramp, "
     "emergency, chance, who, share, by, in, fails, cost, offence_delay"},
    {"measure_staffing.yaml",
     "8:3: a lacks factor, fte or fte_share\n"
     "9:66: regimes[0] is wart; no regime has this name; did you mean 'ward'?\n"
     "9:51: factor is 101; it must lie between 0 and 100\n"
     "10:49: there is no institution alfa; known are alpha\n"
     "10:59: regimes stands without factor, which is for them\n"
     "11:72: fte_share is 1.5; it must lie between 0 and 1\n"
     "11:56: alpha is -1; it must be at least 0\n"
     "12:56: alpha is -1; it must be at least 0\n"
     "13:3: e lacks budget_per_year or places_out_at_most\n"
     "14:64: budget_per_year is -5; it must be at least 0\n"
     "14:68: ramp stands in a measure that is whole from its first day, of kind: works_budget\n"
     "15:72: factor is no key of kind: works_budget; known here are kind, starts, ends, ramp, "
     "emergency, chance, budget_per_year, places_out_at_most\n"
     "15:67: places_out_at_most is 2.5; it must be a whole number such as 12\n"
     "16:3: h lacks fill_to, at_most or notice\n"
     "17:65: held is not called up\n"
     "17:71: statuses[1] is reprter; no status has this name; did you mean 'reporter'?\n"
     "18:51: fill_to is 1.2; it must lie between 0 and 1\n"
     "18:64: notice is soon; it must be a number and a unit, such as 14 days or 1.5 years\n"
     "18:79: at_most is -1; it must be at least 0\n"
     "19:58: ramp stands in a measure that is whole from its first day, of kind: call_up"},
    {"measure_places.yaml",
     "8:6: a lacks the key units\n"
     "9:49: there is no unit x; known are w, ankle\n"
     "9:55: ankle has places without limit; none can come or go\n"
     "10:52: w is 4.5; it must be a whole number such as 12\n"
     "11:3: d takes places out of use, so it must say why: lost, works, damage, reserve "
     "or staff\n"
     "12:56: why stands where no places go out of use; with places below 0 they do\n"
     "13:62: why is fire; it must be lost, works, damage, reserve or staff\n"
     "14:48: units is a list; it must be a mapping of keys to values\n"
     "15:78: per_place_day is 100001; it must lie between 0 and 100000\n"
     "16:56: who is no key of kind: places; known here are kind, starts, ends, ramp, emergency, "
     "chance, units, why, cost\n"
     "17:52: w is 10000001; it must lie between -10000000 and 10000000\n"
     "18:63: per_person is not a known key; known here are per_year, per_place_day"},
    {"measure_ramp.yaml", "10:47: ramp is 36 hours; it must be whole days"},
    {"measure_ramp_long.yaml", "10:47: ramp is 21 years; it must lie between 0 days and 20 years"},
    {"measure_rate.yaml",
     "10:3: with measures theft comes to 2000000 people a day; at most 1000000 are allowed"},
    {"measure_routes.yaml",
     "10:60: to is convct; no status has this name; did you mean 'convict'?\n"
     "11:60: to is convict, as from is\n"
     "12:60: to is remand, which next of arrested does not name\n"
     "13:47: no status has both remand and release in next\n"
     "14:95: status takes in remand, which has one way to go on only\n"
     "15:6: s lacks the key share\n"
     "16:81: factor is no key of kind: routes; known here are kind, starts, ends, ramp, emergency, "
     "chance, who, from, to, share, offence_delay"},
    {"measure_sentence_length.yaml",
     "10:3: m lacks factor or minimum\n"
     "11:58: factor is -1; it must be at least 0\n"
     "12:58: factor is 100.5; it must lie between 0 and 100\n"
     "13:75: status takes in remand, which has no sentence that could be another\n"
     "14:76: offence_delay is 5; give a unit, as in 5 days\n"
     "14:86: share is 2; it must lie between 0 and 1; 2 % is 0.02\n"
     "15:62: by is no key of kind: sentence_length; known here are kind, starts, ends, ramp, "
     "emergency, chance, who, factor, minimum, share, offence_delay\n"
     "15:59: minimum is 5; give a unit, as in 5 days"},
    {"measure_share.yaml", "10:6: m lacks the key share\n"
                           "11:68: share is 1.2; it must lie between 0 and 1\n"
                           "12:68: share is 60 %; write 0.6"},
    {"measure_starts.yaml", "10:6: m lacks the key starts"},
    {"measure_starts_word.yaml",
     "10:29: starts is next year; it must be year-month-day, such as 2027-04-01"},
    {"measure_suspension.yaml",
     "10:6: m lacks the key after\n"
     "11:52: after is 1/2; it must be a list: write [1/2]\n"
     "12:81: after[1] is never reached: up_to must rise from row to row\n"
     "13:66: after[1] is never reached: up_to must rise from row to row\n"
     "14:60: part is 1.5; it must lie between 0 and 1\n"
     "15:81: status takes in remand, which has no sentence that could be suspended"},
    {"measure_who.yaml", "10:58: age is not a known key; known here are status, flow, sex\n"
                         "11:63: sex is men; no value of sex has this name; did you mean 'man'?\n"
                         "12:58: served runs with time, but who is judged at one moment; only "
                         "status and the attributes can stand in it"},
    {"measure_who_sentence.yaml",
     "10:58: sentence is not a known key; known here are status, flow, sex\n"
     "11:79: flow is not a known key; known here are status, sentence, sex"},
    {"overdue_after.yaml", "7:62: overdue lacks the key after"},
    {"overdue_rises.yaml", "7:94: compensation lacks rises_every: how long each sum holds"},
    {"overdue_none.yaml", "7:106: per_month has 0 sums; it must have 1 to 64"},
    {"overdue_negative.yaml",
     "7:112: per_month[1] is -5; it must be at least 0\n"
     "7:116: per_month[2] is much; it must be a number such as 0.95 or 2/3"},
    {"overdue_keys.yaml", "7:70: after is 4; give a unit, as in 4 days\n7:73: compensations is not "
                          "a known key; did you mean 'compensation'?"},
    {"overdue_sum.yaml", "7:94: compensation is 350; it must be a mapping of keys to values"},
    {"overdue_years.yaml",
     "7:70: after is 201 years; it must lie between 0 days and 200 years\n7:132: rises_every is 0 "
     "days; it must lie between 1 minute and 200 years"},
    {"wrong_regime_key.yaml",
     "7:37: should_be is not a known key; known here are who, should_be_in"},
    {"wrong_regime_list.yaml",
     "7:24: wrong_regime is a list; it must be a mapping of keys to values"},
    {"wrong_regime_many.yaml", "7:494: wrong_regime has more than 16 names"},
    {"wrong_regime_name.yaml", "7:25: Passanten is no name; a name is small letters, digits and _, "
                               "a letter first: write passanten"},
    {"wrong_regime_no_regime.yaml", "7:36: passanten lacks the key should_be_in"},
    {"wrong_regime_unknown.yaml",
     "7:52: should_be_in[0] is clinics; no regime has this name; did you mean 'clinic'?"},
    {"wrong_regime_who.yaml", "7:51: status is tsb; no status has this name; did you mean 'tbs'?"},
    {"measure_in_no_unit.yaml", "3:21: ankle has places: unlimited and so is a unit of that name, "
                                "but units has one too"},
    {"regimes_list.yaml", "3:10: regimes is a list; it must be a mapping of keys to values"},
    {"measures_list.yaml", "9:11: measures is a list; it must be a mapping of keys to values"},
    {"measures_many.yaml", "74:3: m65 is one measure too many; at most 64 are allowed"},
    {"measures_many_wrong.yaml", "29:15: kind is inflows; did you mean 'inflow'?\n"
                                 "74:3: m65 is one measure too many; at most 64 are allowed"},
    {"returns_bare.yaml", "9:10: returns lacks the key delay\n"
                          "9:19: chance is 1.2; it must lie between 0 and 1\n"
                          "9:36: flow_share is 28 %; write 0.28"},
    {"returns_factors.yaml",
     "10:59: remanded is not a known key; did you mean 'remand'?\n"
     "10:83: wards is not a known key; did you mean 'ward'?\n"
     "10:106: earlier is not a known key; known here are planned, early, replaced, unserved\n"
     "10:125: early is 101; it must lie between 0 and 100"},
    {"returns_as.yaml",
     "10:63: remand is convicts; no status has this name; did you mean 'convict'?\n"
     "10:73: convikt is not a known key; did you mean 'convict'?\n"
     "10:104: drawn_anew[0] is age; no attribute has this name; known are sex"},
    {"returns_as_one.yaml",
     "9:61: as is prison; no status has this name; known are remand, convict\n"
     "9:81: drawn_anew is sex; it must be a list: write [sex]"},
    {"returns_varying.yaml",
     "10:12: chance varies by sex but lacks woman; name them all or add else\n"
     "10:45: by is age; no attribute has this name; known are sex"},
    {"measure_inflow_ends.yaml",
     "8:71: ends is 2025-01-31; it must not lie before starts, 2026-08-01\n"
     "9:61: ends is 2025-09-30; it must not lie before starts, 2026-08-01"},
    {"returns_attributes.yaml",
     "5:13: attributes is a list; it must be a mapping of keys to values"},
    {"returns_delay.yaml", "9:31: delay is 90; give a unit, as in 90 days\n"
                           "9:60: status is a list; it must be a mapping of keys to values"},
    {"returns_share_lacks.yaml",
     "9:52: flow_share varies by sex but lacks woman; name them all or add else"},
    {"returns_share_by.yaml", "9:57: by is age; no attribute has this name; known are sex"},
    {"returns_share_values.yaml", "9:67: man is 1.2; it must lie between 0 and 1\n"
                                  "9:79: woman is 30 %; write 0.3"},
    {"returns_share_name.yaml", "9:62: men is not a known key; did you mean 'man'?"},
    {"returns_share_list.yaml",
     "9:52: flow_share is a list; it must be a share such as 0.4 or 1/3"},
    {"returns_list.yaml", "9:10: returns is a list; it must be a mapping of keys to values"},
    {"measure_returns_none.yaml",
     "10:13: m acts on returns, and the scenario has none: give it the section returns"},
    {"measure_returns.yaml", "11:6: m lacks the key factor\n"
                             "12:50: factor is 101; it must lie between 0 and 100\n"
                             "13:55: share is no key of kind: returns; known here are kind, "
                             "starts, ends, ramp, emergency, chance, who, factor"},
    {"crisis_keys.yaml", "6:42: per_yaer is not a known key; did you mean 'per_year'?\n"
                         "6:41: crisis lacks the key lasts"},
    {"crisis_numbers.yaml",
     "6:52: per_year is 366; it must lie between 0 and 365\n"
     "6:85: mean is 0; it must be above 0 and at most 105120000 minutes (200 years)\n"
     "6:137: per_year is -1; it must lie between 0 and 365\n"
     "6:148: lasts is long; it must be a number and a unit, such as 14 days or 1.5 years"},
    {"crisis_outside.yaml",
     "6:49: to names clinic, of which ward is outside: a crisis is over there; name places where "
     "people are held\n"
     "6:57: to names quiet, of which rest is outside: a crisis is over there; name places where "
     "people are held"},
    {"crisis_no_rule.yaml", "7:12: no place of a rule with during: crisis is for status held, of "
                            "which people fall into a crisis"},
    {"crisis_not_for_all.yaml", "7:12: no place of a rule with during: crisis is for status held "
                                "(with sex: woman), of which people fall into a crisis"},
    {"crisis_never.yaml",
     "7:108: nobody in who can fall into a crisis; give a status in who crisis"},
    {"crisis_two_dates.yaml", "7:47: a rule has during or at, not both; write two rules\n"
                              "7:109: during is crises; did you mean 'crisis'?\n"
                              "7:144: a rule has during or after, not both; write two rules"},
    {"crisis_opened.yaml",
     "8:54: crisis holds from a date of the person on, or in a crisis; only rules without after, "
     "at and during can be opened"},
    {"empties.yaml",
     "4:24: cost_per_day is an empty mapping; name at least one of built and occupied, or leave "
     "the key out: nothing is reckoned\n"
     "18:100: units is an empty mapping; name at least one unit\n"
     "17:16: units is an empty list; name at least one unit, or leave the key out: none\n"
     "17:27: start is an empty mapping; name at least one of planned and slip, or leave the key "
     "out: the first day of the period\n"
     "17:38: takes is an empty mapping; name at least one of planned and slip, or leave the key "
     "out: 0 days\n"
     "17:49: after is an empty list; name at least one project, or leave the key out: none\n"
     "17:67: places_after is an empty mapping; name at least one unit, or leave the key out: as "
     "many as before\n"
     "17:83: decants_to is an empty mapping; name at least one unit, or leave the key out: none\n"
     "17:94: opens is an empty mapping; name at least one unit, or leave the key out: none\n"
     "17:104: adds is an empty mapping; name at least one institution, or leave the key out: none\n"
     "17:118: converts is an empty mapping; name at least one unit, or leave the key out: none\n"
     "18:16: units is an empty mapping; name at least one unit, or leave the key out: none\n"
     "18:59: lost_places is an empty mapping; name at least one unit, or leave the key out: those "
     "of units\n"
     "19:39: to is an empty mapping; name at least one of regime and admits\n"
     "19:51: adds is an empty mapping; name at least one institution, or leave the key out: none\n"
     "18:106: moves_before says nothing without decants_to\n"
     "20:40: units is an empty list; name at least one unit, or leave the key out: no places are "
     "lost\n"
     "20:75: units is an empty mapping; name at least one unit, or leave the key out: no places "
     "are lost\n"
     "23:48: units is an empty mapping; name at least one unit\n"
     "23:58: cost is an empty mapping; name at least one price, or leave the key out: nothing\n"
     "24:52: converts is an empty mapping; name at least one unit\n"
     "24:62: cost is an empty mapping; name at least one price, or leave the key out: nothing\n"
     "25:62: to is an empty mapping; name at least one of regime and admits\n"
     "26:52: statuses is an empty list; name at least one status, or leave the key out: all that "
     "are called up\n"
     "27:52: regimes is an empty list; name at least one regime, or leave the key out: all\n"
     "27:72: fte is an empty mapping; name at least one institution, or leave the key out: none\n"
     "28:57: intake_per_day is an empty mapping; name at least one regime, or leave the key out: "
     "as it is\n"
     "29:61: also is an empty list; name at least one place, or leave the key out: none\n"
     "29:74: without is an empty list; name at least one entry of to, or leave the key out: none\n"
     "30:61: after is an empty list; name at least one row\n"
     "31:46: stand_in is an empty list; name at least one list of regimes, or leave the key out: "
     "all regimes with places that are not apart"},
    {"works_all_at_once.yaml",
     "10:76: regime is prisn; no regime has this name; did you mean 'prison'?\n"
     "16:49: west lacks the key units\n"
     "10:26: planned is 30 hours; it must be whole days\n"
     "11:26: planned is 2026-02-30; February has at most 29 days\n"
     "11:50: there is no unit x; known are w, p, w_as_a, w_as_c, w_as_d, p_as_e\n"
     "11:100: places is none; it must be a whole number such as 12\n"
     "11:110: to is prison; it must be a mapping of keys to values\n"
     "12:16: takes is 30 days; it must be a mapping of keys to values\n"
     "13:26: planned is 2026-02-30; February has at most 29 days\n"
     "14:26: planned is 2026-13-01; months run from 01 to 12\n"
     "12:35: 33 places of w are converted in all, but it has 9\n"
     "13:106: stays says nothing without adds\n"
     "13:46: units names 10 places of w, which has 9\n"
     "13:65: 64 places of w are converted in all, but it has 9\n"
     "15:16: opens names 3 places of w, which has 0 in reserve\n"
     "15:31: after goes round in a circle: f, g, f"},
    {"measures_all_at_once.yaml",
     "11:103: regime is prisn; no regime has this name; did you mean 'prison'?\n"
     "9:30: starts is 2026-02-30; February has at most 29 days\n"
     "9:53: there is no unit x; known are w, w_as_c, ankle\n"
     "10:49: takes is 30; give a unit, as in 30 days\n"
     "10:76: places is none; it must be a whole number such as 12\n"
     "10:86: to is prison; it must be a mapping of keys to values\n"
     "11:48: ends is 2026-02-30; February has at most 29 days\n"
     "12:29: starts is 2026-02-30; February has at most 29 days\n"
     "12:3: d takes places out of use, so it must say why: lost, works, damage, reserve or staff\n"
     "13:47: ends is 2026-02-30; February has at most 29 days\n"
     "13:77: factor is -1; it must lie between 0 and 100\n"
     "13:93: flow is hld; no flow has this name; did you mean 'held'?\n"
     "14:29: starts is 2026-02-30; February has at most 29 days\n"
     "15:39: starts is 2026-02-30; February has at most 29 days\n"
     "15:55: by is a list; a name is small letters, digits and _, a letter first\n"
     "15:90: share is 2; it must lie between 0 and 1; 2 % is 0.02\n"
     "15:111: as is hold; no status has this name; did you mean 'held'?\n"
     "16:35: starts is 2026-02-30; February has at most 29 days\n"
     "16:64: budget_per_year states no year\n"
     "16:68: ramp stands in a measure that is whole from its first day, of kind: works_budget\n"
     "17:54: fte_share is 2; it must lie between 0 and 1; 2 % is 0.02\n"
     "17:63: there is no institution west\n"
     "18:42: starts is 2026-02-30; February has at most 29 days\n"
     "18:77: remits is 2; it must lie between 0 and 1; 2 % is 0.02\n"
     "18:89: share is 3; it must lie between 0 and 1; 3 % is 0.03\n"
     "19:33: starts is 2026-02-30; February has at most 29 days\n"
     "19:85: share is 3; it must lie between 0 and 1; 3 % is 0.03\n"
     "19:60: part is 2; it must lie between 0 and 1; 2 % is 0.02\n"
     "19:64: after[1] is never reached: up_to must rise from row to row\n"
     "20:29: starts is 2026-02-30; February has at most 29 days\n"
     "20:70: share is 3; it must lie between 0 and 1; 3 % is 0.03\n"
     "20:57: to is hold; no status has this name; did you mean 'held'?\n"
     "21:40: starts is 2026-02-30; February has at most 29 days\n"
     "21:68: last is 3; give a unit, as in 3 days\n"
     "21:56: in is ward; it must be a regime that is outside, with places: unlimited\n"
     "21:109: as is hold; no status has this name; did you mean 'held'?\n"
     "22:32: starts is 2026-02-30; February has at most 29 days\n"
     "23:71: 2026 is much; it must be a number such as 0.95 or 2/3\n"
     "23:83: 2027 is -1; it must be at least 0\n"
     "22:92: before is ot; no placement rule has this name; known are out, all\n"
     "22:61: also[0] is wart; no regime, institution, unit or tag has this name; did you mean "
     "'ward'?\n"
     "22:78: without[0] is wrd; no regime, institution, unit or tag has this name; did you mean "
     "'ward'?\n"
     "22:50: rule is al; no placement rule has this name; known are out, all"},
    {"measure_convert_back.yaml", "11:70: 10 places of w are converted in all, 6 of them on their "
                                  "way back, by a up to 2026-03-20, but it has 9\n"
                                  "15:52: 7 places of v are converted in all, 3 of them on their "
                                  "way back, by e up to 2026-04-23, but it has 6"},
    {"crisis_outside_converted.yaml",
     "7:49: to names quiet, of which calm_as_m is outside: a crisis is over there; name places "
     "where people are held\n"
     "7:75: out_of_category names west, of which west.a_as_p is outside: a crisis is over there; "
     "name places where people are held"},
    {"uncertain_file.yaml", "7:24: statuses.held.stay.csv is nothing to scale; give a path to a "
                            "number, a share, a duration or a shape\n"
                            "7:88: statuses.other.stay.csv is no number; give a path to a number, "
                            "a share, a duration or a shape"},
    {"valves_all_at_once.yaml",
     "8:47: 2026 is many; it must be a number such as 0.95 or 2/3\n"
     "8:59: 2027 is -1; it must be at least 0\n"
     "11:13: from is 2026-02-30; February has at most 29 days\n"
     "11:63: release_early is 3; give a unit, as in 3 days\n"
     "11:94: share is 2; it must lie between 0 and 1; 2 % is 0.02\n"
     "11:80: status is hold; no status has this name; did you mean 'held'?\n"
     "12:37: at_least is 2; it must lie between 0 and 1; 2 % is 0.02\n"
     "12:88: mean_over is 3; give a unit, as in 3 days\n"
     "12:112: held is not called up, so calling it cannot stop\n"
     "13:29: to is 2026-13-01; months run from 01 to 12\n"
     "13:49: review is 3; give a unit, as in 3 days\n"
     "13:132: call_longest_waiting[0] is hold; no status has this name; did you mean 'held'?\n"
     "13:82: leaves is lst; no reason of leaves has this name; did you mean 'lost'?\n"
     "14:13: from is 2026-02-30; February has at most 29 days\n"
     "14:32: release_erly is not a known key; did you mean 'release_early'?\n"
     "15:13: from is 2026-02-30; February has at most 29 days\n"
     "15:50: out_of_category[0] is al; no placement rule has this name; known are all\n"
     "15:68: double_use[0] is wrd; no regime has this name; did you mean 'ward'?\n"
     "16:37: at_least is 2; it must lie between 0 and 1; 2 % is 0.02\n"
     "16:90: status is hold; no status has this name; did you mean 'held'?\n"
     "16:107: regimes[0] is wrd; no regime has this name; did you mean 'ward'?"},
    {"measure_placement_no_rules.yaml",
     "7:12: placement is a list; it must be a mapping of keys to values"},
};
#define BROKEN_SCENARIOS ((int)(sizeof broken_scenarios / sizeof broken_scenarios[0]))

#endif
