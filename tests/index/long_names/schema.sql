create table a_table_with_a_name_of_sixty_three_bytes_which_is_the_most_ther (
  id int8 generated always as identity primary key,
  a_column_whose_name_is_nearly_as_long_as_a_name_can_ever_be_1 int8 not null,
  a_column_whose_name_is_nearly_as_long_as_a_name_can_ever_be_2 int8 not null
);
