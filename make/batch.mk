# ---- the database's schema, as a string in the tool
EXTRA_VNEXTRACT_OBJECTS += $(BUILD)/tools/database_schema.o

$(BUILD)/tools/database_schema.o: tools/database_schema.S tools/database_schema.sql tools/database_indexes.sql
	@mkdir -p $(@D)
	$(CC) -fPIC -c $< -o $@
