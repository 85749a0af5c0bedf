/**
 * The JSON-relevant tests of cel-spec that fail, by reason. `cel-conformance.test.ts` fails when a test is missing from
 * this list, and when one in it passes.
 */
export const knownMisses: ReadonlyArray<{ readonly reason: string; readonly tests: ReadonlyArray<string> }> =
  [
    {
      reason:
        "64-bit: the test needs an integer beyond ±(2^53 − 1), which a JSON number cannot hold exactly.",
      tests: [
        "basic/self_eval_nonzeroish/self_eval_int_negative_min",
        "comparisons/lt_literal/not_lt_dyn_int_big_lossy_double",
        "comparisons/lt_literal/lt_dyn_int_big_lossy_double",
        "comparisons/lt_literal/not_lt_dyn_int_small_double",
        "comparisons/lt_literal/not_lt_dyn_int_small_lossy_double",
        "comparisons/lt_literal/not_lt_dyn_big_double_int",
        "comparisons/lt_literal/not_lt_dyn_small_double_int",
        "comparisons/gt_literal/not_gt_dyn_int_big_double",
        "comparisons/gt_literal/not_gt_dyn_int_small_lossy_double",
        "comparisons/gt_literal/gt_dyn_int_small_lossy_double_greater",
        "comparisons/gt_literal/not_gt_dyn_big_double_int",
        "comparisons/gt_literal/not_gt_dyn_small_double_int",
        "comparisons/lte_literal/lte_dyn_int_big_double",
        "comparisons/lte_literal/lte_dyn_int_small_lossy_double",
        "comparisons/lte_literal/not_lte_dyn_int_small_lossy_double_less",
        "comparisons/lte_literal/lte_dyn_big_double_int",
        "comparisons/lte_literal/lte_dyn_small_double_int",
        "comparisons/gte_literal/gte_dyn_int_big_lossy_double",
        "comparisons/gte_literal/not_gte_dyn_int_big_double",
        "comparisons/gte_literal/gte_dyn_int_small_lossy_double_equal",
        "comparisons/gte_literal/gte_dyn_int_small_lossy_double_greater",
        "comparisons/gte_literal/gte_dyn_big_double_int",
        "comparisons/gte_literal/gte_dyn_small_double_int",
        "conversions/double/int_min_exact",
        "conversions/double/int_max_exact",
        "conversions/double/int_range",
        "conversions/int/double_big_exact",
        "conversions/int/double_big_precision",
        "math_ext/greatest_int_result/binary_first_arg_int_max",
        "math_ext/greatest_int_result/binary_second_arg_int_max",
        "math_ext/greatest_int_result/binary_first_arg_int_min",
        "math_ext/greatest_int_result/binary_second_arg_int_min",
        "math_ext/greatest_int_result/ternary_int_max",
        "math_ext/greatest_int_result/ternary_int_min",
        "math_ext/least_int_result/binary_first_arg_int_max",
        "math_ext/least_int_result/binary_second_arg_int_max",
        "math_ext/least_int_result/binary_first_arg_int_min",
        "math_ext/least_int_result/binary_second_arg_int_min",
        "math_ext/least_int_result/ternary_int_max",
        "math_ext/least_int_result/ternary_int_min",
        "math_ext/bit_shift_right/int_negative"
      ]
    },
    {
      reason:
        "Names with dots and containers: variables are plain names here, so `a.b` is always the field `b` of `a`.",
      tests: [
        "fields/qualified_identifier_resolution/qualified_ident",
        "namespace/qualified/self_eval_qualified_lookup",
        "namespace/namespace/self_eval_container_lookup"
      ]
    },
    {
      reason:
        "Stricter: `%` on a list of numbers and texts is refused when checked, where CEL lets another element decide.",
      tests: ["macros2/all/list_elem_type_exhaustive"]
    },
    {
      reason:
        "JSON numbers: `dyn(1)` is a whole number and a double at once, so a function of doubles takes it.",
      tests: [
        "math_ext/ceil/dyn_error",
        "math_ext/floor/dyn_error",
        "math_ext/round/dyn_error",
        "math_ext/trunc/dyn_error"
      ]
    },
    {
      reason:
        "Milder: an optional selection of a field of null is empty, as it is of any object without the field.",
      tests: ["optionals/optionals/map_null_entry_no_such_key"]
    },
    {
      reason:
        "Stricter: a field that an object literal does not have is refused when checked, also behind a guard.",
      tests: ["optionals/optionals/ternary_optional_hasValue"]
    }
  ]
